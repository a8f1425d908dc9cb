package vn.sotay.platform.notices;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a member wants to be told.
 *
 * @param mail address that the member has given; null for none
 * @param reachedBy by whom the member is reached in person, with a telephone number; null for nobody else
 * @param channels by which it may be, of {@link #CHOSEN}, the best first
 * @param quietFrom from when on nothing comes that is not urgent; null for what the rules say
 * @param quietTo until when; null together with {@code quietFrom}
 * @param daily whether all of a day comes at once
 * @param language of what is sent
 */
record Preference(
        @Nullable String mail,
        @Nullable String reachedBy,
        List<Channel> channels,
        @Nullable LocalTime quietFrom,
        @Nullable LocalTime quietTo,
        boolean daily,
        Locale language) {

    /** What can be chosen; whoever has a browser that wants to be told has chosen that by it. */
    static final List<Channel> CHOSEN = List.of(Channel.MAIL, Channel.SMS);

    /** Of who has chosen nothing. */
    static final Preference NONE = new Preference(null, null, CHOSEN, null, null, false, new Locale("vi"));

    Times.Quiet quiet(Times.Quiet usual) {
        return quietFrom == null || quietTo == null ? usual : new Times.Quiet(quietFrom, quietTo);
    }
}
