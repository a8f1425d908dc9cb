/**
 * Finds the text of a file, as Markdown with its headings and articles. Knows neither database nor documents; read on in
 * {@link vn.sotay.documents.text.TextExtractor}.
 */
@NullMarked
package vn.sotay.documents.text;

import org.jspecify.annotations.NullMarked;
