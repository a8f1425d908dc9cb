/**
 * What a module is. Read in this order: this page, the meetings module's {@code README.md}, then its {@code MeetingsEndpoints}.
 *
 * <p>A module is one bundle whose root package bears {@link vn.sotay.api.module.SotayModule}. What it brings that does not move
 * stands as files under {@code sotay/} and is read before the bundle starts: {@code module.json} (names, permissions and the roles that
 * have them, pages, {@linkplain vn.sotay.api.store.Seals sealed columns}, what becomes of what {@linkplain vn.sotay.api.change.Merged two phones} write), {@code db/NNNN-name.sql}, {@code i18n/{vi,en,ko}.properties}, {@code rules/*.json}, {@code ui/*}. What lives are
 * Declarative Services components: {@link vn.sotay.api.http.Endpoints} and {@link vn.sotay.api.module.DemoData}. Nothing is registered by hand
 * and nothing is listed twice.
 */
@NullMarked
@Export
@Version("1.0.0")
package vn.sotay.api.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
