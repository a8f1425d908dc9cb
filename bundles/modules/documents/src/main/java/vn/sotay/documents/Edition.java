package vn.sotay.documents;

import java.time.Instant;

/**
 * A document as it was published once.
 *
 * @param edition the first is 1
 * @param document what its readers had; without what replaces it
 */
public record Edition(int edition, Instant publishedAt, Document document) {}
