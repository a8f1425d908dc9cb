package vn.sotay.news;

import java.time.Instant;

/**
 * A piece of news as it was published once.
 *
 * @param edition counted from 1
 */
public record Edition(int edition, Instant publishedAt, News news) {}
