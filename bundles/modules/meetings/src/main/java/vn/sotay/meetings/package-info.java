/**
 * Cell meetings (sinh hoạt chi bộ), the example for every module. Read on in {@link vn.sotay.meetings.MeetingsEndpoints}.
 */
@SotayModule("meetings")
@NullMarked
package vn.sotay.meetings;

import org.jspecify.annotations.NullMarked;
import vn.sotay.api.module.SotayModule;
