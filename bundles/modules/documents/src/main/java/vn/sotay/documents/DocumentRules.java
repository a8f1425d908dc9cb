package vn.sotay.documents;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.search.SearchDocument.Force;
import vn.sotay.api.text.Folding;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.Document.Successor;

/** The rules of documents, as pure functions: no database, no clock. Tested by the tables in {@code DocumentRulesTest}. */
final class DocumentRules {

    /** Days are those of Viet Nam. */
    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** How many people it takes to publish: who wrote it last does not approve it where that is 2. */
    static final String PERSONS = "documents.publishing.persons";

    /** The stamps of state secrets, as they are printed; not the capitals of BÍ MẬT NHÀ NƯỚC, BẢO MẬT or MẬT MÃ in a title. */
    private static final Pattern SECRET = Pattern.compile(
            "(?<!\\p{L})(?:(?:TỐI|TUYỆT)\\s+MẬT|(?<!(?:BÍ|BẢO)\\s{1,3})MẬT(?!\\s{1,3}\\p{Lu}{2}))(?!\\p{L})");

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final String OPEN = "application/vnd.oasis.opendocument.";

    /** From when what may never be in force is. */
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private static final Pattern WORD_BEFORE = Pattern.compile("^(?:so|van ban so)[ .:]+");

    private DocumentRules() {}

    /** What an editor does with a document. */
    enum Step {
        SUBMIT,
        RETURN,
        APPROVE,
        WITHDRAW
    }

    /** The state to which a step leads, where nothing is put off; null if it cannot be done in this one. */
    static @Nullable State after(State state, Step step) {
        return switch (step) {
            case SUBMIT -> state == State.DRAFT ? State.REVIEW : null;
            case RETURN -> state == State.REVIEW || state == State.APPROVED ? State.DRAFT : null;
            case APPROVE -> state == State.REVIEW ? State.PUBLISHED : null;
            case WITHDRAW -> state == State.PUBLISHED ? State.DRAFT : null;
        };
    }

    /** Whether a document is in force on a day. */
    static boolean isInForce(Document document, LocalDate day) {
        LocalDate begins = document.begins();
        return document.state() == State.PUBLISHED
                && !document.isForOpinions()
                && (begins == null || !begins.isAfter(day))
                && (document.expires() == null || document.expires().isAfter(day))
                && (document.replacedBy() == null
                        || document.replacedBy().stream()
                                .noneMatch(
                                        one -> one.from() == null || !one.from().isAfter(day)));
    }

    /** From when until when a published document is in force: until it expires, or the first that replaces it has begun. */
    static Force force(Document document) {
        if (document.isForOpinions()) {
            return new Force(NEVER, null, null);
        }
        Optional<Successor> first = document.replacedBy() == null
                ? Optional.empty()
                : document.replacedBy().stream().min(Comparator.comparing(DocumentRules::begins));
        LocalDate expires = document.expires();
        String replacing = document.relations().stream()
                .filter(one -> one.kind() == Relation.Kind.REPLACED_BY)
                .map(Relation::number)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return first.filter(one -> expires == null || !begins(one).isAfter(expires))
                .map(one ->
                        new Force(document.begins(), begins(one), one.number() == null ? one.title() : one.number()))
                .orElseGet(() -> new Force(document.begins(), expires, replacing));
    }

    private static LocalDate begins(Successor one) {
        return one.from() == null ? LocalDate.MIN : one.from();
    }

    /** A number by which spellings of it are the same: {@code Số 01-QĐ/TW} and {@code 01 qd tw} are {@code 01qdtw}; empty for none. */
    static String numberKey(@Nullable String number) {
        if (number == null) {
            return "";
        }
        String folded = WORD_BEFORE.matcher(Folding.fold(number).strip()).replaceFirst("");
        return folded.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** Whether a text bears a stamp of secrecy: what is secret does not belong into a handbook. */
    static boolean bearsSecretStamp(String text) {
        return SECRET.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).find();
    }

    /** What a file of an ending has in it. Two have one ending where programs have written both. */
    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("pdf", Set.of("application/pdf")),
            Map.entry("docx", Set.of(OFFICE + "wordprocessingml.document")),
            Map.entry("xlsx", Set.of(OFFICE + "spreadsheetml.sheet")),
            Map.entry("pptx", Set.of(OFFICE + "presentationml.presentation")),
            Map.entry("odt", Set.of(OPEN + "text")),
            Map.entry("ods", Set.of(OPEN + "spreadsheet")),
            Map.entry("odp", Set.of(OPEN + "presentation")),
            Map.entry("txt", Set.of("text/plain")),
            Map.entry("md", Set.of("text/plain")),
            Map.entry("html", Set.of("text/plain")),
            Map.entry("htm", Set.of("text/plain")),
            Map.entry("png", Set.of("image/png")),
            Map.entry("jpg", Set.of("image/jpeg")),
            Map.entry("jpeg", Set.of("image/jpeg")),
            Map.entry("webp", Set.of("image/webp")));

    /**
     * The rule that a file breaks which has something else in it than its name says; null if it does not. Endings that are not known are let
     * pass.
     *
     * @param type media type by the content
     */
    static @Nullable String nameRule(String name, String type) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        Set<String> types = TYPES.get(ending);
        if (types == null || types.contains(type)) {
            return null;
        }
        boolean zipped = types.iterator().next().startsWith("application/vnd.");
        if (zipped && type.equals("application/zip")) {
            // its list of contents stands at its end, and is what is missing
            return "file-broken";
        }
        if (zipped && type.equals("application/x-ole-storage")) {
            // in such a wrapper a word processor puts what it has encrypted
            return "file-locked";
        }
        return "file-other";
    }

    /** What of a document breaks a rule. */
    static List<FieldError> check(UUID id, Document document) {
        List<FieldError> errors = new ArrayList<>();
        if (document.expires() != null
                && document.begins() != null
                && !document.expires().isAfter(document.begins())) {
            errors.add(new FieldError("expires", "before-begin"));
        }
        if (document.expires() == null
                && document.relations().stream().anyMatch(one -> one.kind() == Relation.Kind.REPLACED_BY)) {
            errors.add(new FieldError("expires", "required"));
        }
        Set<String> topics = new HashSet<>();
        for (int i = 0; i < document.topics().size(); i++) {
            if (!topics.add(Folding.fold(document.topics().get(i)))) {
                errors.add(new FieldError("topics[" + i + ']', "duplicate"));
            }
        }
        for (int i = 0; i < document.relations().size(); i++) {
            Relation relation = document.relations().get(i);
            if (relation.document() == null && relation.number() == null) {
                errors.add(new FieldError("relations[" + i + "].number", "required"));
            } else if (id.equals(relation.document())) {
                errors.add(new FieldError("relations[" + i + "].document", "itself"));
            }
        }
        if (bearsSecretStamp(document.title())) {
            errors.add(new FieldError("title", "secret"));
        }
        for (int i = 0; i < document.files().size(); i++) {
            if (bearsSecretStamp(document.files().get(i).name())) {
                errors.add(new FieldError("files[" + i + "].name", "secret"));
            }
        }
        return errors;
    }
}
