package vn.sotay.news;

import vn.sotay.api.http.Text;

/** A text that is not kept, to see how it will look. */
public record Draft(@Text(max = 16_000, lines = true) String text) {}
