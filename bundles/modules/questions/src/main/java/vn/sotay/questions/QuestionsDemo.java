package vn.sotay.questions;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.module.Demo;
import vn.sotay.api.module.DemoData;

/** Questions of the demo's people in every state, and one in the knowledge base. People and matters are made up. */
@Component
public final class QuestionsDemo implements DemoData {

    private static final OptionalLong ANY = OptionalLong.empty();

    // of the topics that the module brings
    private static final String TOPIC = "6f1c1d7e-0001-7000-8000-00000000000";
    private static final int MOVING = 2;
    private static final int MEETINGS = 3;
    private static final int DUES = 4;

    private final Questions questions;
    private final Answers answers;
    private final Messages messages;
    private final Ratings ratings;

    @Activate
    public QuestionsDemo(
            @Reference Questions questions,
            @Reference Answers answers,
            @Reference Messages messages,
            @Reference Ratings ratings) {
        this.questions = questions;
        this.answers = answers;
        this.messages = messages;
        this.ratings = ratings;
    }

    @Override
    public void fill(Demo demo) {
        published(demo);
        answered(demo);
        waitsForRelease(demo);
        waits(demo);
    }

    private void published(Demo demo) {
        UUID id = demo.id("question on conciliators");
        ask(
                demo.as("member"),
                id,
                null,
                "Tôi được thôn giới thiệu vào tổ hòa giải. Xin hỏi hòa giải viên do ai bầu và cần được bao nhiêu người đồng ý?",
                new Citation(null, null, "Điều 8 Luật 35/2013/QH13", null),
                true);
        say(demo.as("member"), id, demo.id("message on conciliators"), "Thôn tôi có 48 hộ, đang khuyết một người.");
        answer(
                demo,
                id,
                "Hòa giải viên do nhân dân ở thôn, tổ dân phố bầu, bằng biểu quyết công khai hoặc bỏ phiếu kín tại cuộc họp, hoặc phát phiếu lấy ý kiến các hộ gia đình.\n"
                        + "Người được đề nghị công nhận phải được trên 50% đại diện các hộ gia đình đồng ý. Chủ tịch ủy ban nhân dân xã ra quyết định công nhận.",
                "Điều 8 Luật 35/2013/QH13");
        answers.publish(
                demo.as("editor2"),
                id,
                new Entry(
                        null,
                        "Hòa giải viên ở cơ sở do ai bầu và cần được bao nhiêu người đồng ý?",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                ANY);
        ratings.put(demo.as("member"), id, true);
    }

    private void answered(Demo demo) {
        UUID id = demo.id("question on moving");
        ask(
                demo.as("member2"),
                id,
                MOVING,
                "Con tôi là đảng viên, đi học ở thành phố hai năm thì chuyển sinh hoạt đảng chính thức hay tạm thời?",
                null,
                false);
        say(demo.as("member2"), id, demo.id("message on moving"), "Cháu học ở Đà Nẵng, hai tháng mới về một lần.");
        answer(
                demo,
                id,
                "Thời gian học từ mười hai tháng trở lên thì làm thủ tục chuyển sinh hoạt đảng chính thức; ngắn hơn thì chuyển tạm thời.\n"
                        + "Đảng viên báo chi bộ, chi bộ đề nghị đảng ủy xã làm giấy giới thiệu.",
                null);
    }

    private void waitsForRelease(Demo demo) {
        UUID id = demo.id("question on meetings by video");
        ask(
                demo.as("fisherman"),
                id,
                null,
                "Chi bộ có nhiều đảng viên đi biển dài ngày. Chi bộ họp qua mạng thì có được tính là sinh hoạt chi bộ không?",
                null,
                true);
        answers.put(
                demo.as("editor"),
                id,
                new Answer(
                        "Chi bộ có đảng viên hoạt động phân tán thì được sinh hoạt trực tuyến khi cấp ủy cấp trên đồng ý. Biên bản lập như buổi họp thường.",
                        List.of(),
                        null,
                        null,
                        null,
                        null),
                ANY);
    }

    private void waits(Demo demo) {
        UUID id = demo.id("question on dues at sea");
        ask(
                demo.as("fisherman"),
                id,
                DUES,
                "Tháng nào không ra khơi thì tôi không có thu nhập. Tháng đó tôi đóng đảng phí thế nào?",
                null,
                false);
        say(
                demo.as("officer2"),
                id,
                demo.id("message on dues at sea"),
                "Đồng chí cho biết tàu nghỉ từ tháng nào đến tháng nào?");
        ask(
                demo.as("member2"),
                demo.id("question on a place"),
                MEETINGS,
                "Nhà văn hóa thôn đang sửa. Chi bộ họp ở nhà bí thư có được không?",
                null,
                false);
    }

    private void ask(
            Caller who, UUID id, @Nullable Integer topic, String text, @Nullable Citation about, boolean publishable) {
        questions.put(
                who,
                id,
                new Question(
                        null,
                        topic == null ? null : UUID.fromString(TOPIC + topic),
                        text,
                        about,
                        publishable ? Boolean.TRUE : null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private void say(Caller who, UUID question, UUID id, String text) {
        messages.put(who, question, id, new Message(null, null, text, null, null, null));
    }

    private void answer(Demo demo, UUID id, String text, @Nullable String cites) {
        List<Citation> citations = cites == null ? List.of() : List.of(new Citation(null, null, cites, null));
        answers.put(demo.as("editor"), id, new Answer(text, citations, null, null, null, null), ANY);
        answers.release(demo.as("editor2"), id, ANY);
    }
}
