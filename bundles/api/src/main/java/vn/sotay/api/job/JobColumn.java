package vn.sotay.api.job;

import org.jspecify.annotations.Nullable;

/**
 * A column of a file.
 *
 * @param column its number, the first is 1
 * @param head what stands above it
 * @param field the API's name of what it seems to hold; null where that is not known: the column is left out
 * @param certain whether the head is one of those that need no confirmation
 */
public record JobColumn(int column, String head, @Nullable String field, boolean certain) {}
