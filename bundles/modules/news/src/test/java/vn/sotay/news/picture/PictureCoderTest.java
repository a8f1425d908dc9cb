package vn.sotay.news.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of pictures, and of files that were made to hurt who opens them. */
class PictureCoderTest {

    private static BufferedImage open(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "jpeg, 640, 480, 640, 480",
        "png, 640, 480, 640, 480",
        "jpeg, 4000, 3000, 1280, 960",
        "png, 3000, 4000, 960, 1280",
        "png, 5000, 1, 1280, 1",
        "jpeg, 1, 1, 1, 1"
    })
    void isAsLargeAsAPhoneShows(String format, int width, int height, int then, int thenHigh) throws Exception {
        Coded coded = PictureCoder.code(Jpegs.encoded(Jpegs.picture(width, height), format));
        assertThat(coded.width()).isEqualTo(then);
        assertThat(coded.height()).isEqualTo(thenHigh);
        assertThat(open(coded.jpeg()).getWidth()).isEqualTo(then);
    }

    @Test
    void noiseStaysSmall() throws Exception {
        BufferedImage noise = new BufferedImage(2560, 2560, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < noise.getHeight(); y++) {
            for (int x = 0; x < noise.getWidth(); x++) {
                noise.setRGB(x, y, random.nextInt());
            }
        }
        assertThat(PictureCoder.code(Jpegs.encoded(noise, "png")).jpeg()).hasSizeLessThan(1_500_000);
    }

    @Test
    void whatIsSeenThroughIsWhite() throws Exception {
        BufferedImage clear = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
        Coded coded = PictureCoder.code(Jpegs.encoded(clear, "png"));
        assertThat(open(coded.jpeg()).getRGB(5, 5) & 0xf0f0f0).isEqualTo(0xf0f0f0);
    }

    /** Red is above in what was taken; where it is to be seen once the camera's turn is undone. */
    @ParameterizedTest
    @CsvSource({
        "1, 50, 10",
        "2, 50, 10",
        "3, 50, 50",
        "4, 50, 50",
        "5, 10, 50",
        "6, 50, 50",
        "7, 50, 50",
        "8, 10, 50",
        "9, 50, 10"
    })
    void standsTheRightWayUp(int turn, int x, int y) throws Exception {
        Coded coded = PictureCoder.code(Jpegs.withExif(Jpegs.encoded(Jpegs.picture(100, 60), "jpeg"), turn, "x"));
        boolean lies = turn >= 5 && turn <= 8;
        assertThat(coded.width()).isEqualTo(lies ? 60 : 100);
        boolean isRed = (open(coded.jpeg()).getRGB(x, y) >> 16 & 0xff) > 150;
        assertThat(isRed).isTrue();
        int opposite = open(coded.jpeg()).getRGB(coded.width() - 1 - x, coded.height() - 1 - y);
        assertThat(opposite & 0xff).isGreaterThan(150);
    }

    @Test
    void whoTookItWhereIsGone() throws Exception {
        byte[] sent =
                Jpegs.withExif(Jpegs.encoded(Jpegs.picture(300, 200), "jpeg"), 1, "GPS 15.1214N 108.8044E Nguyen");
        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("Exif", "108.8044E");
        String kept = new String(PictureCoder.code(sent).jpeg(), StandardCharsets.ISO_8859_1);
        assertThat(kept).doesNotContain("Exif", "108.8044E", "Nguyen");
    }

    static Stream<Arguments> polyglots() {
        byte[] jpeg = Jpegs.encoded(Jpegs.picture(64, 64), "jpeg");
        byte[] png = Jpegs.encoded(Jpegs.picture(64, 64), "png");
        return Stream.of(
                Arguments.of("JPEG and ZIP", joined(jpeg, ascii("PK\u0003\u0004 evil"))),
                Arguments.of("JPEG and script", joined(jpeg, ascii("<script>evil</script>"))),
                Arguments.of("JPEG with a script in its head", Jpegs.withExif(jpeg, 1, "<script>evil</script>")),
                Arguments.of("PNG and PHP", joined(png, ascii("<?php evil"))),
                Arguments.of("PNG and HTML", joined(png, ascii("<html>evil"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("polyglots")
    void whatHidBehindItIsGone(String what, byte[] sent) throws Exception {
        String kept = new String(PictureCoder.code(sent).jpeg(), StandardCharsets.ISO_8859_1);
        assertThat(kept).as(what).doesNotContain("evil", "<script", "PK\u0003\u0004");
    }

    @Test
    void aTextThatSwellsIsNotUnpacked() throws Exception {
        byte[] sent = Jpegs.withTextBomb(Jpegs.encoded(Jpegs.picture(64, 64), "png"));
        long before = allocated();
        PictureCoder.code(sent);
        assertThat(allocated() - before).isLessThan(40_000_000);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void aBombIsRefusedByItsHead(String what, byte[] sent) {
        long before = allocated();
        assertThatThrownBy(() -> PictureCoder.code(sent))
                .as(what)
                .isInstanceOf(PictureException.class)
                .hasMessage("picture-large");
        assertThat(allocated() - before).isLessThan(5_000_000);
    }

    static Stream<Arguments> large() throws IOException {
        return Stream.of(
                Arguments.of("30,000 by 30,000", Jpegs.bomb(30_000, 30_000, 300_000_000)),
                Arguments.of("8,000 by 8,000", Jpegs.bomb(8_000, 8_000, 1)),
                Arguments.of("one line of 40 million", Jpegs.bomb(40_000_000, 1, 1)),
                Arguments.of("the largest there is", Jpegs.bomb(Integer.MAX_VALUE, Integer.MAX_VALUE, 1)),
                Arguments.of(
                        "a JPEG that says it is 65,500 by 65,500",
                        sized(Jpegs.encoded(Jpegs.picture(8, 8), "jpeg"), 0xc0)),
                Arguments.of("one in passes that says so", sized(Jpegs.progressive(Jpegs.picture(8, 8)), 0xc2)));
    }

    /** The same JPEG with another size in the head of its frame. */
    private static byte[] sized(byte[] jpeg, int frame) {
        byte[] other = jpeg.clone();
        for (int i = 2; i < other.length - 9; i++) {
            if ((other[i] & 0xff) == 0xff && (other[i + 1] & 0xff) == frame) {
                other[i + 5] = (byte) 0xff;
                other[i + 6] = (byte) 0xdc;
                other[i + 7] = (byte) 0xff;
                other[i + 8] = (byte) 0xdc;
                return other;
            }
        }
        throw new AssertionError("no frame");
    }

    /** As large as is taken: what is decoded is bounded all the same. */
    @Test
    void theLargestThatIsTakenFitsInto() throws Exception {
        byte[] sent = Jpegs.bomb(7_200, 7_200, 7_200L * (7_200 * 3 + 1));
        long before = allocated();
        Coded coded = PictureCoder.code(sent);
        assertThat(coded.width()).isEqualTo(1_280);
        assertThat(allocated() - before).isLessThan(120_000_000);
    }

    static Stream<Arguments> others() throws IOException {
        byte[] jpeg = Jpegs.encoded(Jpegs.picture(64, 64), "jpeg");
        byte[] png = Jpegs.encoded(Jpegs.picture(64, 64), "png");
        return Stream.of(
                Arguments.of("nothing", new byte[0], "picture-kind"),
                Arguments.of(
                        "SVG", ascii("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "picture-kind"),
                Arguments.of("HTML", ascii("<html><script>alert(1)</script>"), "picture-kind"),
                Arguments.of("GIF", Jpegs.encoded(Jpegs.picture(8, 8), "gif"), "picture-kind"),
                Arguments.of("BMP", Jpegs.encoded(Jpegs.picture(8, 8), "bmp"), "picture-kind"),
                Arguments.of("ZIP", ascii("PK\u0003\u0004"), "picture-kind"),
                Arguments.of("a GIF that is JavaScript", ascii("GIF89a/*;*/=1;alert(1)"), "picture-kind"),
                Arguments.of("HTML before a JPEG", joined(ascii("<html>"), jpeg), "picture-kind"),
                Arguments.of("the beginning of a JPEG alone", Arrays.copyOf(jpeg, 3), "picture-broken"),
                Arguments.of("the beginning of a PNG alone", Arrays.copyOf(png, 8), "picture-broken"),
                Arguments.of("half a head", Arrays.copyOf(png, 20), "picture-broken"),
                Arguments.of("a PNG without its rows", Jpegs.bomb(100, 100, 1), "taken-or-broken"),
                Arguments.of("a PNG of no size", Jpegs.bomb(0, 0, 1), "picture-broken"),
                Arguments.of("a PNG of negative size", Jpegs.bomb(-1, -1, 1), "picture-broken"),
                Arguments.of(
                        "a script with a JPEG's first bytes",
                        joined(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, ascii("<script>alert(1)</script>")),
                        "picture-broken"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void anythingElseIsRefusedInPlainWords(String what, byte[] sent, String rule) throws Exception {
        if (rule.equals("taken-or-broken")) {
            try {
                PictureCoder.code(sent);
            } catch (PictureException e) {
                assertThat(e.rule()).isEqualTo("picture-broken");
            }
            return;
        }
        assertThatThrownBy(() -> PictureCoder.code(sent))
                .as(what)
                .isInstanceOf(PictureException.class)
                .hasMessage(rule);
    }

    /** Whatever is changed in a file, it is a picture or refused, and never anything else. */
    @Test
    void changedAtRandomItIsAPictureOrNone() {
        Random random = new Random(42);
        byte[][] good = {
            Jpegs.withExif(Jpegs.encoded(Jpegs.picture(40, 30), "jpeg"), 6, "GPS"),
            Jpegs.encoded(Jpegs.picture(40, 30), "png")
        };
        for (int i = 0; i < 400; i++) {
            byte[] sent = good[i % 2].clone();
            for (int n = random.nextInt(8); n >= 0; n--) {
                sent[random.nextInt(sent.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(PictureCoder.code(sent).width()).isPositive();
            } catch (PictureException e) {
                assertThat(e.rule()).startsWith("picture-");
            }
        }
    }
}
