package vn.sotay.api.notice;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.member.Born;

/**
 * Something that an audience is told. It is kept as the name of a text and its values, and put into words when it is read, in the reader's
 * language. Immutable; made by {@link #of}, and by the methods that give the same with something more.
 */
public final class Notice {

    private static final Pattern TEMPLATE = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final Pattern NAME = Pattern.compile("\\w{1,40}");
    private static final int MOST_CHARACTERS = 2000;
    private static final int LONGEST_LINK = 300;
    private static final int LONGEST_ABOUT = 100;

    private final UUID id;
    private final Audience audience;
    private final String template;
    private final String link;
    private final Map<String, String> data;
    private final Urgency urgency;
    private final @Nullable String about;
    private final @Nullable Born born;

    private Notice(
            UUID id,
            Audience audience,
            String template,
            String link,
            Map<String, String> data,
            Urgency urgency,
            @Nullable String about,
            @Nullable Born born) {
        this.id = Objects.requireNonNull(id);
        this.audience = Objects.requireNonNull(audience);
        this.template = template;
        this.link = link;
        this.data = data;
        this.urgency = Objects.requireNonNull(urgency);
        this.about = about;
        this.born = born;
    }

    /**
     * A notice of {@link Urgency#NORMAL}.
     *
     * @param id made by the sender, best from what it tells of, so that the same is sent once; a UUID that is not another notice's
     * @param audience whom it is for
     * @param template the texts are {@code notice.<template>.title}, at most some ten words, and {@code notice.<template>.text}, one to three
     *     sentences, of the sending module's languages; names in braces are replaced by {@link #with}
     * @param link the page that tells more, such as {@code /meetings/<id>}
     * @throws IllegalArgumentException if the template's name has other than lower-case letters, digits and hyphens, or the link is no path of a page
     */
    public static Notice of(UUID id, Audience audience, String template, String link) {
        if (!TEMPLATE.matcher(template).matches()) {
            throw new IllegalArgumentException("not a name of a notice's texts: " + template);
        }
        if (!link.startsWith("/") || link.startsWith("//") || link.length() > LONGEST_LINK) {
            throw new IllegalArgumentException("not a path of a page: " + link);
        }
        return new Notice(id, audience, template, link, Map.of(), Urgency.NORMAL, null, null);
    }

    /**
     * The same with a value that its texts name in braces. An instant or a day in ISO form, {@code 2026-11-28T12:00:00Z} or {@code
     * 2026-11-28}, is shown as people say it, in Viet Nam's time; anything else as it stands.
     *
     * @throws IllegalArgumentException if the name has other than letters, digits and _, or the values are longer than 2,000 characters together
     */
    public Notice with(String name, Object value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a value: " + name);
        }
        Map<String, String> more = new TreeMap<>(data);
        more.put(name, value.toString());
        if (more.values().stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the values of a notice have at most " + MOST_CHARACTERS + " characters");
        }
        return new Notice(id, audience, template, link, Collections.unmodifiableMap(more), urgency, about, born);
    }

    /** The same with another urgency. */
    public Notice urgency(Urgency other) {
        return new Notice(id, audience, template, link, data, other, about, born);
    }

    /**
     * The same, said to be about something: it takes the place of what the same module has told the same audience about that before, so
     * that nobody is told twice what counts once. One to the members of a unit also takes the place of what was told one of its own members
     * alone, such as a reminder that names a time which is no longer so. Notices about the same that are sent with the same texts to several
     * audiences in one transaction are one telling: who belongs to two of the audiences is told once. What was on its way to somebody and has not gone out does not go out any more.
     *
     * @param other a word for the thing, such as {@code meeting:<id>}, at most 100 characters
     * @throws IllegalArgumentException if it is empty or longer
     */
    public Notice about(String other) {
        if (other.isEmpty() || other.length() > LONGEST_ABOUT) {
            throw new IllegalArgumentException("what a notice is about has 1 to 100 characters: " + other);
        }
        return new Notice(id, audience, template, link, data, urgency, other, born);
    }

    /**
     * The same for those of the audience alone who may be born in these days. Whose birthday nobody knows is told, too, and so is an account
     * without a member. It spares those whom it does not concern, and hides nothing: the devices of the whole audience have it.
     *
     * @param other null for all of the audience
     * @since 1.2
     */
    public Notice born(@Nullable Born other) {
        return new Notice(id, audience, template, link, data, urgency, about, other);
    }

    public UUID id() {
        return id;
    }

    public Audience audience() {
        return audience;
    }

    public String template() {
        return template;
    }

    public String link() {
        return link;
    }

    /** What the texts name in braces, by name. */
    public Map<String, String> data() {
        return data;
    }

    public Urgency urgency() {
        return urgency;
    }

    /** What it is about; null if it takes nothing's place. */
    public @Nullable String about() {
        return about;
    }

    /**
     * When those are born who are told; null for all of the audience.
     *
     * @since 1.2
     */
    public @Nullable Born born() {
        return born;
    }

    @Override
    public String toString() {
        return "Notice[" + template + " to " + audience + ']';
    }
}
