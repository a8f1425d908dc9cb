package vn.sotay.news;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
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
import vn.sotay.news.News.Ask;
import vn.sotay.news.News.Picture;
import vn.sotay.news.News.Target;
import vn.sotay.news.NewsRules.Step;

/** The demo's news: made up, written by one editor and approved by another; one that waits to be approved, one for its time. */
@Component
public final class NewsDemo implements DemoData {

    private static final OptionalLong ANY = OptionalLong.empty();

    private final Newsroom newsroom;
    private final Pictures pictures;

    @Activate
    public NewsDemo(@Reference Newsroom newsroom, @Reference Pictures pictures) {
        this.newsroom = newsroom;
        this.pictures = pictures;
    }

    @Override
    public void fill(Demo demo) throws IOException {
        Caller editor = demo.as("editor");
        UUID province = editor.mandates().get(0).unit();
        Target everybody = new Target(province, Target.To.MEMBERS, null);
        publish(
                demo,
                "school",
                news(province, everybody, "Lớp bồi dưỡng chuyên đề mở vào tháng tới", SCHOOL_LEAD, SCHOOL));
        publish(
                demo,
                "leaders",
                news(
                        province,
                        new Target(province, Target.To.LEADERS, null),
                        "Gửi các bí thư: mẫu biên bản sinh hoạt mới",
                        LEADERS_LEAD,
                        LEADERS));
        StoredPicture picture = pictures.take(new ByteArrayInputStream(DemoPicture.png()));
        publish(
                demo,
                "boats",
                withPicture(
                        news(province, everybody, "Mùa biển được mùa của các chi bộ làng chài", BOATS_LEAD, BOATS),
                        picture));
        publish(
                demo,
                "storm",
                urgent(news(
                        province, everybody, "Áp thấp nhiệt đới: tàu thuyền vào nơi tránh trú", STORM_LEAD, STORM)));
        UUID waits = demo.id("news that waits");
        newsroom.put(
                editor,
                waits,
                news(province, everybody, "Ngày hội trồng cây ở các xã ven biển", TREES_LEAD, TREES),
                ANY);
        newsroom.step(editor, waits, Step.SUBMIT, ANY);
        later(demo, news(province, everybody, "Lịch nghỉ Tết của các cơ quan", TET_LEAD, TET));
    }

    private void publish(Demo demo, String word, News news) {
        UUID id = demo.id("news " + word);
        newsroom.put(demo.as("editor"), id, news, ANY);
        newsroom.step(demo.as("editor"), id, Step.SUBMIT, ANY);
        newsroom.step(demo.as("editor2"), id, Step.APPROVE, ANY);
    }

    private void later(Demo demo, News news) {
        Instant at = demo.today()
                .plusDays(20)
                .atTime(LocalTime.of(7, 0))
                .atZone(NewsRules.ZONE)
                .toInstant();
        publish(demo, "later", copy(news, news.pictures(), null, null, at));
    }

    private static News withPicture(News news, StoredPicture picture) {
        return copy(
                news,
                List.of(new Picture(picture.file(), "Ba chiếc tàu cá neo trước đảo lúc bình minh", null, null, null)),
                null,
                null,
                null);
    }

    private static News urgent(News news) {
        return copy(news, List.of(), true, Ask.ACKNOWLEDGED, null);
    }

    private static News news(UUID unit, Target target, String title, String lead, String text) {
        return new News(
                null, unit, target, title, lead, text, List.of(), null, null, null, null, null, null, null, null, null,
                null, null);
    }

    private static News copy(
            News one,
            List<Picture> pictures,
            @Nullable Boolean urgent,
            @Nullable Ask asks,
            @Nullable Instant publishAt) {
        return new News(
                null,
                one.unit(),
                one.target(),
                one.title(),
                one.lead(),
                one.text(),
                pictures,
                urgent,
                asks,
                publishAt,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static final String SCHOOL_LEAD =
            "Trường chính trị mở ba lớp buổi tối cho đảng viên mới. Ghi tên với bí thư chi bộ trước ngày 20.";
    private static final String SCHOOL = """
            Lớp học có **ba buổi tối**, mỗi buổi hai giờ, học tại hội trường trung tâm hoặc học từ xa.

            ## Ai nên học

            - Đảng viên vào Đảng trong năm
            - Đảng viên dự bị chuẩn bị chuyển chính thức
            - Bí thư, phó bí thư mới nhận nhiệm vụ

            ## Cách ghi tên

            1. Báo với bí thư chi bộ
            2. Bí thư gửi danh sách lên xã
            3. Nhận giấy mời trên Sổ tay
            """;
    private static final String LEADERS_LEAD =
            "Từ kỳ sinh hoạt tới, biên bản dùng mẫu ngắn gọn hơn. Tin này chỉ gửi bí thư, phó bí thư và chi ủy.";
    private static final String LEADERS = """
            Biên bản vẫn do Sổ tay tự lập. Bí thư chỉ cần xem lại ba phần:

            1. Số người dự họp
            2. Ý kiến thảo luận
            3. Kết quả biểu quyết

            Mở phần [Sinh hoạt](/meetings) để xem thử.
            """;
    private static final String BOATS_LEAD =
            "Sau ba tháng bám biển, đội tàu của các chi bộ làng chài về bến với sản lượng cao hơn năm trước.";
    private static final String BOATS = """
            Từ sáng sớm, bến cá đã đông người đón tàu. Ba tổ tàu do đảng viên làm tổ trưởng về cùng một ngày.

            > Đi có tổ, có đội thì yên tâm hơn. Có việc gì cũng gọi nhau được ngay.

            ## Cùng nhau ra khơi

            Mỗi tổ có từ *năm đến bảy tàu*. Các tàu chia nhau tin về luồng cá, giúp nhau khi máy hỏng và cùng đưa người ốm về bờ.

            Chi bộ họp qua điện thoại khi tàu ở ngoài khơi; ai mất sóng thì đọc biên bản sau.
            """;
    private static final String STORM_LEAD =
            "Tàu thuyền đang ở ngoài khơi vào nơi tránh trú gần nhất trước 18 giờ. Đọc xong xin bấm “Đã đọc”.";
    private static final String STORM = """
            Áp thấp nhiệt đới có thể mạnh lên thành bão trong 24 giờ tới.

            ## Việc cần làm ngay

            1. Đưa tàu vào nơi tránh trú, neo chắc, **không ở lại trên tàu**
            2. Báo vị trí tàu cho tổ trưởng
            3. Giúp gia đình neo đơn chằng chống nhà cửa

            Cần giúp đỡ, gọi đường dây trực của xã.
            """;
    private static final String TREES_LEAD = "Mỗi chi bộ ven biển nhận trồng và chăm một đoạn rừng phi lao.";
    private static final String TREES = """
            Cây giống có ở nhà văn hóa thôn từ thứ sáu. Mang theo cuốc, găng tay và nước uống.
            """;
    private static final String TET_LEAD = "Bộ phận một cửa của các xã làm việc đến hết ngày 28 tháng Chạp.";
    private static final String TET = """
            Việc gấp trong những ngày nghỉ, xin gọi số trực của Ủy ban xã.
            """;
}
