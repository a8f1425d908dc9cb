package vn.sotay.platform.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What all papers have in common. Thread-safe. */
public final class Paper {

    /** Media type of what the pieces make here. */
    public static final String TYPE = "application/pdf";

    /** Papers are for members in Viet Nam, in whatever language the page is that they are asked for on. */
    public static final Locale LANGUAGE = new Locale("vi");

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final String[] WEEK = {"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"};

    private Paper() {}

    /** {@code 28/11/2026} */
    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** {@code 19:00 thứ Bảy 28/11/2026}, by the clock of Viet Nam. */
    public static String when(Instant instant) {
        var time = instant.atZone(ZONE);
        return TIME.format(time) + ' ' + WEEK[time.getDayOfWeek().getValue() - 1] + ' ' + DAY.format(time);
    }

    static void describe(Document document, PdfWriter writer, String title) {
        document.addTitle(title);
        document.addCreator("Sotay");
        writer.getExtraCatalog().put(PdfName.LANG, new PdfString(LANGUAGE.toLanguageTag()));
    }
}
