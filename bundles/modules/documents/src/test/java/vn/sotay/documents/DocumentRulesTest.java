package vn.sotay.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.http.FieldError;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.Document.Successor;
import vn.sotay.documents.DocumentRules.Step;

class DocumentRulesTest {

    @ParameterizedTest
    @CsvSource({
        "DRAFT,     SUBMIT,   REVIEW",
        "DRAFT,     RETURN,   ",
        "DRAFT,     APPROVE,  ",
        "DRAFT,     WITHDRAW, ",
        "REVIEW,    SUBMIT,   ",
        "REVIEW,    RETURN,   DRAFT",
        "REVIEW,    APPROVE,  PUBLISHED",
        "REVIEW,    WITHDRAW, ",
        "APPROVED,  SUBMIT,   ",
        "APPROVED,  RETURN,   DRAFT",
        "APPROVED,  APPROVE,  ",
        "APPROVED,  WITHDRAW, ",
        "PUBLISHED, SUBMIT,   ",
        "PUBLISHED, RETURN,   ",
        "PUBLISHED, APPROVE,  ",
        "PUBLISHED, WITHDRAW, DRAFT",
    })
    void steps(State state, Step step, State after) {
        assertThat(DocumentRules.after(state, step)).isEqualTo(after);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // case,                               state,     signed,     effective,  expires,    replaced from, in force on
        // 2026-11-28
        "signed and published,                 PUBLISHED, 2026-01-01, ,           ,           ,              true",
        "a draft,                              DRAFT,     2026-01-01, ,           ,           ,              false",
        "what waits,                           REVIEW,    2026-01-01, ,           ,           ,              false",
        "without any day,                      PUBLISHED, ,           ,           ,           ,              true",
        "from this day on,                     PUBLISHED, 2026-11-01, 2026-11-28, ,           ,              true",
        "from tomorrow on,                     PUBLISHED, 2026-11-01, 2026-11-29, ,           ,              false",
        "in force before it was signed,        PUBLISHED, 2026-12-01, 2026-11-01, ,           ,              true",
        "signed tomorrow,                      PUBLISHED, 2026-11-29, ,           ,           ,              false",
        "it ends today,                        PUBLISHED, 2026-01-01, ,           2026-11-28, ,              false",
        "it ends tomorrow,                     PUBLISHED, 2026-01-01, ,           2026-11-29, ,              true",
        "replaced from today on,               PUBLISHED, 2026-01-01, ,           ,           2026-11-28,    false",
        "replaced from tomorrow on,            PUBLISHED, 2026-01-01, ,           ,           2026-11-29,    true",
        "replaced by one that always was,      PUBLISHED, 2026-01-01, ,           ,           ALWAYS,        false",
    })
    void isInForce(
            String name,
            State state,
            LocalDate signed,
            LocalDate effective,
            LocalDate expires,
            String replaced,
            boolean expected) {
        List<Successor> successors = replaced == null
                ? List.of()
                : List.of(new Successor(
                        new UUID(0, 9), "02-QĐ/TW", "", replaced.equals("ALWAYS") ? null : LocalDate.parse(replaced)));

        Document document = document(state, signed, effective, expires, successors);
        LocalDate day = LocalDate.of(2026, 11, 28);

        assertThat(DocumentRules.isInForce(document, day)).isEqualTo(expected);
        if (state == State.PUBLISHED) {
            assertThat(DocumentRules.force(document).on(day))
                    .as("as it is found")
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "01-QĐ/TW,            01qdtw",
        "01 qd tw,            01qdtw",
        "Số 01-QĐ/TW,         01qdtw",
        "số: 01 - QĐ / TW,    01qdtw",
        "Văn bản số 05-NQ/CB, 05nqcb",
        "118/2007/QĐ-TTg,     1182007qdttg",
        "Sơn-01,              son01",
    })
    void numberKey(String number, String key) {
        assertThat(DocumentRules.numberKey(number)).isEqualTo(key);
    }

    @Test
    void aDocumentWithoutANumberHasNoKey() {
        assertThat(DocumentRules.numberKey(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MẬT,                                              true",
        "Báo cáo MẬT,                                      true",
        "TỐI MẬT Kế hoạch,                                 true",
        "Công văn (TUYỆT MẬT).pdf,                         true",
        "Kế hoạch TỐI  MẬT,                                true",
        "Luật Bảo vệ bí mật nhà nước,                      false",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC,                      false",
        "QUY CHẾ BẢO MẬT THÔNG TIN,                        false",
        "mật ong rừng,                                     false",
        "MẬT Kế hoạch,                                     true",
        "MẬT ĐỘ DÂN SỐ,                                    false",
        "LUẬT MẬT MÃ,                                      false",
        "AMẬT,                                             false",
    })
    void stampsOfSecrecy(String text, boolean expected) {
        assertThat(DocumentRules.bearsSecretStamp(text)).isEqualTo(expected);
    }

    @Test
    void whatBreaksARule() {
        UUID id = new UUID(0, 1);
        Document document = Document.of(
                        new UUID(0, 2), "Kế hoạch TỐI MẬT", Document.Kind.PLAN, "Tỉnh ủy", Document.Level.PROVINCE)
                .signed(LocalDate.of(2026, 1, 2))
                .expires(LocalDate.of(2026, 1, 2))
                .topics(List.of("Thủy sản", "thuy san"))
                .relations(List.of(
                        new Relation(Relation.Kind.CITES, null, null),
                        new Relation(Relation.Kind.REPLACES, id, null),
                        new Relation(Relation.Kind.CITES, null, "01-QĐ/TW")))
                .files(List.of(new Paper("0".repeat(64), "MẬT.pdf", null, null)))
                .build();

        assertThat(DocumentRules.check(id, document))
                .extracting(FieldError::field, FieldError::rule)
                .containsExactlyInAnyOrder(
                        tuple("expires", "before-begin"),
                        tuple("topics[1]", "duplicate"),
                        tuple("relations[0].number", "required"),
                        tuple("relations[1].document", "itself"),
                        tuple("title", "secret"),
                        tuple("files[0].name", "secret"));
    }

    @Test
    void aDraftForOpinionsIsInForceOnNoDay() {
        LocalDate day = LocalDate.of(2026, 11, 24);
        Document draft = document(State.PUBLISHED, day.minusYears(1), null, null, List.of());

        assertThat(DocumentRules.isInForce(draft, day)).isTrue();
        assertThat(DocumentRules.isInForce(draft.toBuilder().opinionsUntil(day).build(), day))
                .isFalse();
        assertThat(DocumentRules.isInForce(draft.toBuilder().opinionsUntil(day).build(), day.plusYears(10)))
                .isFalse();
        assertThat(DocumentRules.force(draft.toBuilder().opinionsUntil(day).build())
                        .on(day.plusYears(10)))
                .isFalse();
    }

    private static Document document(
            State state, LocalDate signed, LocalDate effective, LocalDate expires, List<Successor> successors) {
        return Document.of(
                        new UUID(0, 2),
                        "Quy định",
                        Document.Kind.REGULATION,
                        "Ban Chấp hành Trung ương",
                        Document.Level.CENTRAL)
                .id(new UUID(0, 1))
                .number("01-QĐ/TW")
                .signed(signed)
                .effective(effective)
                .expires(expires)
                .state(state)
                .replacedBy(successors)
                .build();
    }
}
