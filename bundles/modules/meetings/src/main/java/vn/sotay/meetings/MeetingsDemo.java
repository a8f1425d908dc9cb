package vn.sotay.meetings;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.member.Members;
import vn.sotay.api.module.Demo;
import vn.sotay.api.module.DemoData;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.meetings.Meeting.State;

/**
 * Meetings of the demo's fishing hamlet: the next one in two days, prepared and answered in part; last month's, closed. People, places and
 * matters are made up.
 */
@Component
public final class MeetingsDemo implements DemoData {

    private static final OptionalLong ANY = OptionalLong.empty();
    private static final LocalTime EVENING = LocalTime.of(19, 0);
    private static final String PLACE = "Nhà văn hóa thôn Hải Ninh";
    private static final String PAPER = "/sotay/demo/du-thao-nghi-quyet.pdf";

    private final Store store;
    private final Files files;
    private final Members members;
    private final Meetings meetings;
    private final Answers answers;
    private final Opinions opinions;
    private final Messages messages;
    private final Roll roll;
    private final Reads reads;

    @Activate
    public MeetingsDemo(
            @Reference Store store,
            @Reference Files files,
            @Reference Members members,
            @Reference Meetings meetings,
            @Reference Answers answers,
            @Reference Opinions opinions,
            @Reference Messages messages,
            @Reference Roll roll,
            @Reference Reads reads) {
        this.store = store;
        this.files = files;
        this.members = members;
        this.meetings = meetings;
        this.answers = answers;
        this.opinions = opinions;
        this.messages = messages;
        this.roll = roll;
        this.reads = reads;
    }

    @Override
    public void fill(Demo demo) throws IOException {
        lastMeeting(demo);
        nextMeeting(demo);
    }

    private void nextMeeting(Demo demo) throws IOException {
        Caller secretary = demo.as("secretary");
        UUID id = demo.id("next meeting");
        UUID lastMonth = demo.id("next meeting, last month's tasks");
        UUID resolution = demo.id("next meeting, resolution");
        LocalDate day = demo.today().plusDays(2);
        List<AgendaItem> items = List.of(
                new AgendaItem(lastMonth, "Kết quả thực hiện nhiệm vụ tháng trước", List.of()),
                new AgendaItem(resolution, "Dự thảo nghị quyết, nhiệm vụ tháng tới", List.of(paper(secretary, id))),
                new AgendaItem(demo.id("next meeting, storms"), "Phân công phòng, chống bão cuối năm", List.of()),
                new AgendaItem(demo.id("next meeting, dues"), "Thu nộp đảng phí", List.of()));
        meetings.put(secretary, id, plan(secretary, day, items), ANY);
        meetings.reach(secretary, id, State.NOTIFIED, ANY);

        Caller member = demo.as("member");
        Caller fisherman = demo.as("fisherman");
        reads.put(member, id, Meetings.self(member));
        reads.put(fisherman, id, Meetings.self(fisherman));
        answer(member, id, Answer.Kind.ATTENDING, null, null);
        answer(
                fisherman,
                id,
                Answer.Kind.ABSENT,
                AbsenceReason.AT_SEA,
                "Tàu tôi đang ở ngư trường Hoàng Sa, khoảng 20 ngày nữa mới về bến.");
        opinion(
                member,
                id,
                resolution,
                demo.id("opinion of the member"),
                Opinion.Stance.ASK,
                "Đề nghị nói rõ tổ nào kiểm tra neo đậu ở bến phía nam.");
        opinion(
                fisherman,
                id,
                resolution,
                demo.id("opinion of the fisherman"),
                Opinion.Stance.OTHER,
                "Nên giúp các tàu nhỏ mua bộ đàm trước mùa bão, nhiều tàu chưa có.");
    }

    private void lastMeeting(Demo demo) {
        Caller secretary = demo.as("secretary");
        UUID id = demo.id("last meeting");
        LocalDate day = demo.today().plusDays(2).minusMonths(1);
        UUID boats = demo.id("last meeting, boats");
        List<AgendaItem> items = List.of(
                new AgendaItem(boats, "Vận động lắp thiết bị giám sát hành trình cho tàu cá", List.of()),
                new AgendaItem(demo.id("last meeting, harbour"), "Dọn vệ sinh bến cá", List.of()));
        meetings.put(secretary, id, plan(secretary, day, items), ANY);
        opinion(
                demo.as("member"),
                id,
                boats,
                demo.id("opinion on boats"),
                Opinion.Stance.AGREE,
                "Tôi nhận vận động ba tàu trong xóm.");
        int present = 0;
        List<Member> cell = store.read(tx -> members.ofCell(tx, cell(secretary).id()));
        for (Member one : cell) {
            boolean atSea = one.status() == MemberStatus.EXEMPT
                    || one.id().equals(demo.as("fisherman").member().orElseThrow());
            present += atSea ? 0 : 1;
            roll.call(
                    secretary,
                    id,
                    one.id(),
                    new Attendance(null, null, !atSea, atSea ? AbsenceReason.AT_SEA : null, null, null),
                    ANY);
        }
        String text = String.join(
                "\n",
                "Có mặt: " + present + ". Vắng có lý do: " + (cell.size() - present) + ".",
                "",
                "1. Vận động lắp thiết bị giám sát hành trình cho tàu cá",
                "Chi bộ thống nhất phân công mỗi đảng viên vận động các tàu trong xóm, xong trước ngày 15.",
                "",
                "2. Dọn vệ sinh bến cá",
                "Giao chi đoàn thanh niên chủ trì, mỗi tháng hai lần.",
                "",
                "Biên bản đã đọc lại trước chi bộ, mọi người nhất trí.");
        meetings.putMinutes(secretary, id, new Minutes(null, text, null, null), ANY);
        meetings.reach(secretary, id, State.CLOSED, ANY);
        // from a second phone that lay in the hall without a network
        UUID late = cell.get(cell.size() - 1).id();
        roll.call(secretary, id, late, new Attendance(null, null, false, AbsenceReason.FAMILY, null, null), ANY);
        messages.put(
                demo.as("fisherman"),
                id,
                demo.id("message of the fisherman"),
                new Message(
                        null,
                        null,
                        null,
                        "Ý kiến khác: Tôi ở ngoài khơi nên gửi muộn. Bến cá nên dọn trước ngày tàu về.",
                        "Ý kiến: Dọn vệ sinh bến cá",
                        null,
                        null,
                        null));
    }

    private static Meeting plan(Caller secretary, LocalDate day, List<AgendaItem> items) {
        Instant startsAt = day.atTime(EVENING).atZone(MeetingRules.ZONE).toInstant();
        String title = "Sinh hoạt thường kỳ tháng " + day.getMonthValue();
        return Meeting.planned(cell(secretary).id(), Meeting.Kind.ORDINARY, startsAt, PLACE, title, items);
    }

    private static Unit cell(Caller secretary) {
        return secretary.cell().orElseThrow();
    }

    /** The meeting's leaders have it before the meeting names it. */
    private Document paper(Caller secretary, UUID meeting) throws IOException {
        try (InputStream in = Objects.requireNonNull(MeetingsDemo.class.getResourceAsStream(PAPER))) {
            byte[] content = in.readAllBytes();
            FileInfo file = store.write(tx -> {
                FileInfo kept = files.keep(tx, content);
                Set<Audience> leaders = Set.of(Audience.leaders(cell(secretary).id()));
                files.hold(tx, Meeting.TYPE.name(), meeting, Set.of(kept.sha256()), leaders);
                return kept;
            });
            return new Document(file.sha256(), "Dự thảo nghị quyết.pdf", file.type(), file.size(), null, null, null);
        }
    }

    private void answer(
            Caller who, UUID id, Answer.Kind kind, @Nullable AbsenceReason reason, @Nullable String message) {
        answers.put(
                who,
                id,
                Meetings.self(who),
                new Answer(null, null, kind, reason, message, null, null, null, null, null, null, null),
                ANY);
    }

    private void opinion(Caller who, UUID id, UUID item, UUID opinion, Opinion.Stance stance, String text) {
        opinions.put(
                who, id, item, opinion, new Opinion(null, null, null, null, null, stance, text, null, null, null), ANY);
    }
}
