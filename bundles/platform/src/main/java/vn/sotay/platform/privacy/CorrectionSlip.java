package vn.sotay.platform.privacy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.paper.Sheet.Signer;
import vn.sotay.platform.pdf.FlowingPages;
import vn.sotay.platform.pdf.FlowingPages.Size;
import vn.sotay.platform.pdf.PageWords;
import vn.sotay.platform.pdf.Paper;
import vn.sotay.platform.privacy.Corrections.Correction;
import vn.sotay.platform.privacy.Corrections.Subject;

/** What was written down for a member who wants the record corrected, to be signed and handed out. */
final class CorrectionSlip {

    private CorrectionSlip() {}

    /**
     * @param cell the name of the member's cell
     * @return the PDF
     */
    static byte[] of(Correction one, String cell) {
        String title = PageWords.say("assist.slip");
        return FlowingPages.write(Size.A5, title, one.name() + " · " + Paper.when(one.askedAt()), pages -> {
            List<Map.Entry<String, String>> facts = new ArrayList<>();
            add(facts, "members.one", one.name());
            add(facts, "field.cell", cell);
            add(facts, "correction.field", PageWords.say("correction.field." + one.field()));
            add(facts, "correction.value", value(one));
            add(facts, "correction.reason", one.reason());
            add(facts, "correction.recorder", one.recordedByName());
            add(facts, "assist.slip-at", Paper.when(one.askedAt()));
            add(facts, "correction.acknowledge-day", Paper.day(one.acknowledgeBy()));
            add(facts, "correction.answer-day", Paper.day(one.answerBy()));
            if (!one.state().isOpen()) {
                add(facts, "assist.slip-state", PageWords.say("correction.state." + one.state()));
                add(facts, "correction.answer", one.answer());
            }
            pages.facts(facts);
            pages.text(PageWords.say("assist.slip-more"));
            pages.signatures(List.of(
                    new Signer(PageWords.say("members.one"), one.name()),
                    new Signer(
                            PageWords.say("correction.recorder"),
                            one.recordedByName() == null ? "" : one.recordedByName())));
        });
    }

    private static void add(List<Map.Entry<String, String>> facts, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(Map.entry(PageWords.say(key), value));
        }
    }

    private static String value(Correction one) {
        if (one.field() == Subject.GENDER) {
            String word = PageWords.find("gender." + one.wanted());
            return word == null ? one.wanted() : word;
        }
        return one.wanted().matches("\\d{4}-\\d\\d-\\d\\d") ? Paper.day(LocalDate.parse(one.wanted())) : one.wanted();
    }
}
