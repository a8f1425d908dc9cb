/**
 * The library: resolutions, directives and what else a province publishes, with what is in force on a day. Read on in
 * {@link vn.sotay.documents.DocumentsEndpoints}.
 */
@SotayModule("documents")
@NullMarked
package vn.sotay.documents;

import org.jspecify.annotations.NullMarked;
import vn.sotay.api.module.SotayModule;
