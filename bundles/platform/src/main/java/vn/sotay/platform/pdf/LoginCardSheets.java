package vn.sotay.platform.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfWriter;
import io.nayuki.qrcodegen.QrCode;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Login cards on A4, six on a sheet, with marks to cut along. Thread-safe. */
public final class LoginCardSheets {

    /**
     * A card.
     *
     * @param link what the QR code says
     * @param page address to type the code at, without {@code https://}
     * @param until when it can last be opened, in words
     */
    public record Card(String name, String cell, String code, String link, String page, String until) {

        @Override
        public String toString() {
            return "Card[" + name + ']';
        }
    }

    private static final int COLUMNS = 2;
    private static final int ROWS = 3;
    private static final float WIDTH = PageSize.A4.getWidth() / COLUMNS;
    private static final float HEIGHT = PageSize.A4.getHeight() / ROWS;

    /** Room that printers leave white, and that a crooked cut takes away. */
    private static final float INSET = mm(8);

    private static final float HEAD = mm(6);

    private static final float QR = mm(35);
    private static final float LEADING = 1.3f;

    private final PdfContentByte canvas;
    private final Typeface type;

    private LoginCardSheets(PdfContentByte canvas, Typeface type) {
        this.canvas = canvas;
        this.type = type;
    }

    private static float mm(double millimetres) {
        return (float) (millimetres * 72 / 25.4);
    }

    /** @return the PDF */
    public static byte[] of(List<Card> cards) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Document document = new Document(PageSize.A4);
        PdfWriter writer = PdfWriter.getInstance(document, out);
        Paper.describe(document, writer, "Thẻ đăng nhập");
        document.open();
        LoginCardSheets sheets = new LoginCardSheets(writer.getDirectContent(), new Typeface());
        for (int i = 0; i < cards.size(); i++) {
            int place = i % (COLUMNS * ROWS);
            if (place == 0) {
                if (i > 0) {
                    document.newPage();
                }
                sheets.marks();
            }
            sheets.card(
                    cards.get(i),
                    place % COLUMNS * WIDTH,
                    PageSize.A4.getHeight() - (float) (place / COLUMNS) * HEIGHT);
        }
        document.close();
        return out.toByteArray();
    }

    /** Dashes to cut along, and a cross where two meet. */
    private void marks() {
        canvas.saveState();
        canvas.setLineWidth(0.5f);
        canvas.setGrayStroke(0.55f);
        canvas.setLineDash(4, 4, 0);
        for (int column = 1; column < COLUMNS; column++) {
            line(column * WIDTH, 0, column * WIDTH, PageSize.A4.getHeight());
        }
        for (int row = 1; row < ROWS; row++) {
            line(0, row * HEIGHT, PageSize.A4.getWidth(), row * HEIGHT);
        }
        canvas.setLineDash(0);
        canvas.setGrayStroke(0);
        float arm = mm(3);
        for (int column = 0; column <= COLUMNS; column++) {
            for (int row = 0; row <= ROWS; row++) {
                float x = column * WIDTH;
                float y = row * HEIGHT;
                line(x - arm, y, x + arm, y);
                line(x, y - arm, x, y + arm);
            }
        }
        canvas.restoreState();
    }

    private void line(float fromX, float fromY, float toX, float toY) {
        canvas.moveTo(fromX, fromY);
        canvas.lineTo(toX, toY);
        canvas.stroke();
    }

    private void card(Card card, float left, float top) {
        float x = left + INSET;
        float width = WIDTH - 2 * INSET;
        float y = top - HEAD;
        y = write("Sổ tay · Thẻ đăng nhập", type.regular(9), 9, x, y, width, 1);
        y = write(card.name(), type.bold(19), 7, x, y - 2, width, 2);
        y = write(card.cell(), type.regular(12), 8, x, y - 1, width, 2);

        float bottom = top - HEIGHT + HEAD;
        float beside = width - QR - mm(4);
        float middle = y - mm(3);
        qr(card.link(), x + width - QR, middle - QR);
        y = write("Mã của đồng chí", type.regular(10.5f), 9, x, middle, beside, 1);
        String code = card.code();
        y = write(
                code.substring(0, code.length() / 2) + ' ' + code.substring(code.length() / 2),
                type.bold(25),
                16,
                x,
                y,
                beside,
                1);
        y = write("Dùng một lần, đến hết", type.regular(10.5f), 9, x, y - 6, beside, 1);
        write(card.until(), type.bold(11.5f), 9, x, y, beside, 2);

        String steps = "1. Quét mã vuông, hoặc mở " + card.page() + "\n2. Gõ tám chữ và số của mã"
                + "\n3. Đặt mã PIN của riêng mình, từ sáu số";
        float from = middle - QR - mm(2.5);
        write(steps, type.regular(11), 8, x, from, width, (from - bottom) / (11 * LEADING));
    }

    /**
     * Writes a text, in letters as large as go into so many lines of the first size.
     *
     * @return where what follows begins
     */
    private float write(String text, Font font, float least, float x, float top, float width, float lines) {
        float room = lines * font.getSize() * LEADING;
        String written = type.writable(text);
        for (float size = font.getSize(); ; size -= 0.5f) {
            Font sized = new Font(font.getBaseFont(), size);
            boolean fits = !ColumnText.hasMoreText(
                    column(written, sized, x, top, room, width).go(true));
            if (fits || size <= least) {
                ColumnText column = column(written, sized, x, top, room, width);
                column.go();
                return column.getYLine() - (LEADING - 1) * size;
            }
        }
    }

    private ColumnText column(String text, Font font, float x, float top, float room, float width) {
        ColumnText column = new ColumnText(canvas);
        column.setSimpleColumn(
                new Phrase(text, font),
                x,
                top - room - 1,
                x + width,
                top,
                font.getSize() * LEADING,
                Element.ALIGN_LEFT);
        return column;
    }

    private void qr(String link, float x, float y) {
        QrCode code = QrCode.encodeText(link, QrCode.Ecc.MEDIUM);
        float module = QR / code.size;
        canvas.saveState();
        canvas.setGrayFill(0);
        for (int row = 0; row < code.size; row++) {
            for (int column = 0; column < code.size; column++) {
                int from = column;
                while (column < code.size && code.getModule(column, row)) {
                    column++;
                }
                if (column > from) {
                    canvas.rectangle(x + from * module, y + QR - (row + 1) * module, (column - from) * module, module);
                }
            }
        }
        // in one go: no hair between two modules
        canvas.fill();
        canvas.restoreState();
    }
}
