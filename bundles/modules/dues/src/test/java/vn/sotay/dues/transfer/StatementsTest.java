package vn.sotay.dues.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.http.ProblemException;
import vn.sotay.dues.payment.Hamlet;
import vn.sotay.dues.transfer.Transfer.Decision;
import vn.sotay.dues.transfer.Transfer.State;
import vn.sotay.platform.roster.FileTables;
import vn.sotay.testkit.Database;

/** From the request to the statement, on each database. */
class StatementsTest {

    private static final Map<Database, Hamlet> HAMLETS = new EnumMap<>(Database.class);
    private static final Account BANK = new Account(null, "970418", "9999000000001", "DANG UY XA");

    private Hamlet hamlet;
    private Requests requests;
    private Statements statements;

    private void in(Database database) {
        hamlet = HAMLETS.computeIfAbsent(database, Hamlet::new);
        requests = new Requests(hamlet.database.store(), hamlet, hamlet, hamlet.balances);
        statements = new Statements(
                hamlet.database.store(), hamlet, hamlet, hamlet.payments, requests, hamlet.seals, new FileTables());
        requests.putAccount(hamlet.officer, hamlet.commune.id(), BANK);
    }

    @AfterAll
    static void close() {
        HAMLETS.values().forEach(Hamlet::close);
        HAMLETS.clear();
    }

    private Ask asked(UUID member, long amount) {
        hamlet.assess(member, "2026-11", amount);
        Ask ask = new Ask(null, member, null, null, null, null, null, null, null, null);
        return requests.put(hamlet.secretary, UUID.randomUUID(), ask).value();
    }

    private Transfer.Statement send(String... lines) {
        String csv = "Ngày giao dịch,Số tham chiếu,Số tiền ghi có,Mô tả\n" + String.join("\n", lines) + "\n";
        return statements.take(hamlet.officer, hamlet.commune, "sao-ke.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private Transfer transfer(String reference) {
        return statements.list(hamlet.officer, hamlet.commune.id(), null, 500, null).items().stream()
                .filter(one -> one.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    private long open(UUID member) {
        return hamlet.balances
                .list(hamlet.secretary, null, member, 1, null)
                .items()
                .get(0)
                .open();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theSameStatementTwiceChangesNothing(Database database) {
        in(database);
        UUID member = hamlet.member(hamlet.cell, "Người đóng");
        Ask ask = asked(member, 46_800);
        String reference = UUID.randomUUID().toString();
        String line =
                "20/11/2026," + reference + ",\"46,800\",MBVCB.99." + ask.memo().replace(" ", "");

        Transfer.Statement first = send(line);
        Transfer.Statement again = send(line, line);
        Transfer found = transfer(reference);
        Transfer taken = statements
                .decide(hamlet.officer, found.id(), new Decision(true, null))
                .value();
        Transfer.Statement late = send(line);
        statements.decide(hamlet.officer, found.id(), new Decision(true, null));

        assertThat(VietQr.payload("970418", "9999000000001", ask.amount(), ask.memo()))
                .isEqualTo(requests.code(hamlet.secretary, ask.id()).text());
        assertThat(first.added()).isEqualTo(1);
        assertThat(again.added()).isZero();
        assertThat(late.added()).isZero();
        assertThat(found.outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(found.suggestions()).containsExactly(new Transfer.Share(member, "Người đóng", 46_800));
        assertThat(taken.state()).isEqualTo(State.TAKEN);
        assertThat(open(member)).isZero();
        assertThat(requests.get(hamlet.secretary, ask.id()).value().settled()).isTrue();
        assertThatThrownBy(() -> statements.decide(hamlet.officer, found.id(), new Decision(false, null)))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void eachOutcomeIsSettledByWhoLooksAtIt(Database database) {
        in(database);
        UUID one = hamlet.member(hamlet.cell, "Một");
        UUID other = hamlet.member(hamlet.cell, "Hai");
        Ask first = asked(one, 10_000);
        Ask second = asked(other, 20_000);
        String mark = UUID.randomUUID().toString();
        send(
                "20/11/2026,both" + mark + ",30000," + first.memo() + " " + second.memo(),
                "20/11/2026,twice" + mark + ",10000," + first.memo(),
                "20/11/2026,who" + mark + ",7000,nop dang phi");

        assertThat(transfer("both" + mark).outcome()).isEqualTo(Outcome.MATCHED);
        statements.decide(hamlet.officer, transfer("both" + mark).id(), new Decision(true, null));
        assertThat(open(one) + open(other)).isZero();
        assertThat(transfer("twice" + mark).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThatThrownBy(() -> statements.decide(
                        hamlet.officer, transfer("twice" + mark).id(), new Decision(true, null)))
                .isInstanceOf(ProblemException.class);
        statements.decide(hamlet.officer, transfer("twice" + mark).id(), new Decision(false, null));
        assertThat(transfer("twice" + mark).state()).isEqualTo(State.LEFT);
        assertThat(transfer("who" + mark).outcome()).isEqualTo(Outcome.UNKNOWN);
        statements.decide(hamlet.officer, transfer("who" + mark).id(), new Decision(true, one));
        assertThat(hamlet.balances
                        .list(hamlet.secretary, null, one, 1, null)
                        .items()
                        .get(0)
                        .ahead())
                .isEqualTo(7_000);
        assertThatThrownBy(() -> lookThrough(hamlet.secretary)).isInstanceOf(ProblemException.class);
        assertThat(List.of(first, second)).extracting(Ask::bank).containsOnly("BIDV");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatWasTakenForTheWrongMemberIsTakenBackAndTakenForTheRightOne(Database database) {
        in(database);
        UUID wrong = hamlet.member(hamlet.cell, "Người bị nhầm");
        UUID right = hamlet.member(hamlet.cell, "Người đúng");
        Ask ask = asked(wrong, 10_000);
        String reference = UUID.randomUUID().toString();
        send("20/11/2026," + reference + ",10000," + ask.memo());
        UUID id = transfer(reference).id();
        Transfer.Reversal why = new Transfer.Reversal("Ghi nhầm người");

        assertThatThrownBy(() -> statements.reverse(hamlet.officer, id, why)).isInstanceOf(ProblemException.class);
        Transfer taken =
                statements.decide(hamlet.officer, id, new Decision(true, null)).value();
        assertThatThrownBy(() -> statements.reverse(hamlet.secretary, id, why)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> statements.reverse(hamlet.officer, id, new Transfer.Reversal(" ")))
                .isInstanceOf(ProblemException.class);
        Transfer open = statements.reverse(hamlet.officer, id, why).value();
        statements.reverse(hamlet.officer, id, why);

        assertThat(taken.suggestions()).containsExactly(new Transfer.Share(wrong, "Người bị nhầm", 10_000));
        assertThat(open.state()).isEqualTo(State.OPEN);
        assertThat(open.outcome()).isEqualTo(Outcome.MATCHED);
        assertThat(open(wrong)).isEqualTo(10_000);
        assertThat(requests.get(hamlet.secretary, ask.id()).value().settled()).isFalse();

        Transfer again =
                statements.decide(hamlet.officer, id, new Decision(true, right)).value();
        assertThat(again.suggestions()).containsExactly(new Transfer.Share(right, "Người đúng", 10_000));
        statements.reverse(hamlet.officer, id, why);
        statements.decide(hamlet.officer, id, new Decision(true, wrong));
        assertThat(open(wrong)).isZero();
        assertThat(hamlet.balances
                        .list(hamlet.secretary, null, right, 1, null)
                        .items()
                        .get(0)
                        .ahead())
                .isZero();
    }

    private void lookThrough(Hamlet.Person who) {
        statements.list(who, hamlet.commune.id(), null, 50, null);
    }
}
