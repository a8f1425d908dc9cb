/** Party members (đảng viên): a thin record, its status and cell on a day. */
@NullMarked
@Export
@Version("1.4.0")
package vn.sotay.api.member;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
