package vn.sotay.platform.pdf;

import com.lowagie.text.BadElementException;
import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Image;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.paper.Sheet.Signer;

/**
 * A paper that is written from top to bottom over as many pages as it takes, each with its number. For one thread, while it is
 * written.
 */
public final class FlowingPages {

    /** A size of paper. */
    public enum Size {
        A4(PageSize.A4, 56, 12),
        A5(PageSize.A5, 36, 11);

        private final Rectangle page;
        private final float margin;
        private final float letters;

        Size(Rectangle page, float margin, float letters) {
            this.page = page;
            this.margin = margin;
            this.letters = letters;
        }
    }

    private static final float LEADING = 1.35f;
    /** 35 mm. */
    private static final float CODE = 99.2f;
    /** Modules around a code. */
    private static final int QUIET = 4;

    private static final String SIGN = "(Ký, ghi rõ họ tên)";
    private static final Color LINE = new Color(0xa0, 0xa0, 0xa0);
    private static final Color HEAD = new Color(0xee, 0xee, 0xee);

    private final Document document;
    private final PdfWriter writer;
    private final Typeface type;
    private final float letters;

    private FlowingPages(Document document, PdfWriter writer, Typeface type, float letters) {
        this.document = document;
        this.writer = writer;
        this.type = type;
        this.letters = letters;
    }

    /**
     * Writes a paper.
     *
     * @param foot what stands at the foot of each page, before its number
     * @return the PDF
     */
    public static byte[] write(Size size, String title, String foot, Consumer<FlowingPages> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Document document = new Document(size.page, size.margin, size.margin, size.margin, size.margin + 10);
        PdfWriter writer = PdfWriter.getInstance(document, out);
        Paper.describe(document, writer, title);
        Typeface type = new Typeface();
        writer.setPageEvent(new Feet(type, type.writable(foot), size));
        document.open();
        FlowingPages pages = new FlowingPages(document, writer, type, size.letters);
        Paragraph head = pages.paragraph(title, type.bold(size.letters * 1.6f));
        head.setSpacingAfter(size.letters * 0.8f);
        pages.add(head);
        content.accept(pages);
        document.close();
        return out.toByteArray();
    }

    private void add(Element element) {
        if (!document.add(element)) {
            throw new IllegalStateException("the paper takes no more");
        }
    }

    private Paragraph paragraph(String text, Font font) {
        return new Paragraph(font.getSize() * LEADING, type.writable(text), font);
    }

    /** A paragraph. */
    public void text(String text) {
        Paragraph paragraph = paragraph(text, type.regular(letters));
        paragraph.setSpacingAfter(letters * 0.4f);
        add(paragraph);
    }

    /** A heading, which is not left alone at the end of a page. */
    public void heading(String text) {
        if (writer.getVerticalPosition(true) - document.bottom() < letters * 8) {
            document.newPage();
        }
        Paragraph heading = paragraph(text, type.bold(letters * 1.2f));
        heading.setSpacingBefore(letters);
        heading.setSpacingAfter(letters * 0.5f);
        add(heading);
    }

    /** What is called how: two columns. */
    public void facts(List<Map.Entry<String, String>> facts) {
        PdfPTable table = table(new float[] {1, 2});
        for (Map.Entry<String, String> fact : facts) {
            table.addCell(cell(fact.getKey(), type.bold(letters), false));
            table.addCell(cell(fact.getValue(), type.regular(letters), false));
        }
        add(table);
    }

    /** A table; its head stands on each page. */
    public void table(List<String> heads, List<List<String>> rows) {
        float[] widths = new float[heads.size()];
        Arrays.fill(widths, 1);
        PdfPTable table = table(widths);
        heads.forEach(head -> table.addCell(cell(head, type.bold(letters), true)));
        table.setHeaderRows(1);
        rows.forEach(row -> row.forEach(value -> table.addCell(cell(value, type.regular(letters), false))));
        add(table);
    }

    /** A QR code, with the quiet zone that a reader needs around it. */
    public void code(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        float module = CODE / (code.size + 2 * QUIET);
        PdfTemplate drawn = writer.getDirectContent().createTemplate(CODE, CODE);
        for (int row = 0; row < code.size; row++) {
            for (int column = 0; column < code.size; column++) {
                if (code.getModule(column, row)) {
                    drawn.rectangle((column + QUIET) * module, CODE - (row + QUIET + 1) * module, module, module);
                }
            }
        }
        drawn.fill();
        try {
            add(Image.getInstance(drawn));
        } catch (BadElementException e) {
            throw new IllegalStateException("what was drawn here is a picture", e);
        }
    }

    /** Places to sign, two beside each other, none of them torn by the end of a page. */
    public void signatures(List<Signer> signers) {
        PdfPTable table = table(new float[] {1, 1});
        table.setSpacingBefore(letters);
        for (Signer signer : signers) {
            PdfPCell cell = new PdfPCell();
            cell.setBorder(Rectangle.NO_BORDER);
            cell.setPadding(letters * 0.3f);
            cell.addElement(centred(signer.as(), type.bold(letters)));
            cell.addElement(centred(SIGN, type.regular(letters * 0.85f)));
            Paragraph name = centred(signer.name(), type.regular(letters));
            name.setSpacingBefore(letters * 4);
            cell.addElement(name);
            table.addCell(cell);
        }
        table.getDefaultCell().setBorder(Rectangle.NO_BORDER);
        table.completeRow();
        table.setSplitRows(false);
        add(table);
    }

    private Paragraph centred(String text, Font font) {
        Paragraph paragraph = paragraph(text, font);
        paragraph.setAlignment(Element.ALIGN_CENTER);
        return paragraph;
    }

    private PdfPTable table(float[] widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setSpacingAfter(letters * 0.7f);
        return table;
    }

    private PdfPCell cell(String text, Font font, boolean head) {
        PdfPCell cell = new PdfPCell(new Phrase(type.writable(text), font));
        cell.setLeading(0, LEADING);
        cell.setPadding(letters * 0.3f);
        cell.setPaddingBottom(letters * 0.5f);
        cell.setBorderColor(LINE);
        cell.setBorderWidth(0.5f);
        if (head) {
            cell.setBackgroundColor(HEAD);
        }
        return cell;
    }

    /** Numbers the pages; how many there are is known at the end. */
    private static final class Feet extends PdfPageEventHelper {

        private static final float SIZE = 9;

        private final Typeface type;
        private final String foot;
        private final Size size;
        private @Nullable PdfTemplate count;

        Feet(Typeface type, String foot, Size size) {
            this.type = type;
            this.foot = foot;
            this.size = size;
        }

        @Override
        public void onOpenDocument(PdfWriter writer, Document document) {
            count = writer.getDirectContent().createTemplate(30, 20);
        }

        @Override
        public void onEndPage(PdfWriter writer, Document document) {
            PdfContentByte canvas = writer.getDirectContent();
            float y = document.bottom() - 2.2f * SIZE;
            String number = "Trang " + writer.getPageNumber() + " / ";
            float right = document.right() - type.regular.getWidthPoint("000", SIZE);
            float left = right - type.regular.getWidthPoint(number, SIZE);
            write(canvas, clipped(left - document.left() - SIZE), document.left(), y);
            write(canvas, number, left, y);
            canvas.addTemplate(Objects.requireNonNull(count), right, y);
        }

        /** So much of the foot as goes before the number. */
        private String clipped(float width) {
            int length = foot.length();
            while (length > 0 && type.regular.getWidthPoint(foot.substring(0, length), SIZE) > width) {
                length--;
            }
            return foot.substring(0, length);
        }

        private void write(PdfContentByte canvas, String text, float x, float y) {
            canvas.beginText();
            canvas.setFontAndSize(type.regular, SIZE);
            canvas.setTextMatrix(x, y);
            canvas.showText(text);
            canvas.endText();
        }

        @Override
        public void onCloseDocument(PdfWriter writer, Document document) {
            // the page after the last has begun by now
            write(Objects.requireNonNull(count), String.valueOf(writer.getPageNumber() - 1), 0, 0);
        }
    }
}
