/** What editors write in Markdown, as blocks that any page can show. */
@NullMarked
package vn.sotay.news.text;

import org.jspecify.annotations.NullMarked;
