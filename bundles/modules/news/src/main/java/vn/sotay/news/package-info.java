/**
 * News: what editors tell the members of a unit, its leaders or its officers, and who has read what is urgent. Read on in
 * {@link vn.sotay.news.NewsEndpoints}.
 */
@SotayModule("news")
@NullMarked
package vn.sotay.news;

import org.jspecify.annotations.NullMarked;
import vn.sotay.api.module.SotayModule;
