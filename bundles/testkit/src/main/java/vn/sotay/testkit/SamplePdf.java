package vn.sotay.testkit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** PDF files as offices have them: written in a word processor, scanned, with a password. */
public final class SamplePdf {

    private static final float MARGIN = 70;
    private static final float SIZE = 13;
    private static final float LEADING = 18;

    private SamplePdf() {}

    private static byte[] bytes(PDDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    /** Paragraphs broken into lines, over as many pages as it takes, the second and those after it with a header and their number. */
    public static byte[] written(String... paragraphs) {
        try (PDDocument document = new PDDocument();
                InputStream ttf = Objects.requireNonNull(PDDocument.class.getResourceAsStream(
                        "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"))) {
            PDFont font = PDType0Font.load(document, ttf);
            float width = PDRectangle.A4.getWidth() - 2 * MARGIN;
            List<List<String>> pages = new ArrayList<>();
            List<String> page = new ArrayList<>();
            int room = (int) ((PDRectangle.A4.getHeight() - 2 * MARGIN) / LEADING);
            for (String paragraph : paragraphs) {
                for (String line : lines(font, width, paragraph)) {
                    if (page.size() == room) {
                        pages.add(page);
                        page = new ArrayList<>();
                    }
                    page.add(line);
                }
            }
            pages.add(page);
            for (int i = 0; i < pages.size(); i++) {
                PDPage sheet = new PDPage(PDRectangle.A4);
                document.addPage(sheet);
                try (PDPageContentStream out = new PDPageContentStream(document, sheet)) {
                    float top = PDRectangle.A4.getHeight() - MARGIN;
                    if (i > 0) {
                        show(out, font, PDRectangle.A4.getWidth() / 2, top + 2 * LEADING, String.valueOf(i + 1));
                        show(out, font, MARGIN, top + LEADING, "Ban hành kèm theo Quyết định số 7");
                    }
                    for (int line = 0; line < pages.get(i).size(); line++) {
                        show(
                                out,
                                font,
                                MARGIN,
                                top - line * LEADING,
                                pages.get(i).get(line));
                    }
                }
            }
            return bytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void show(PDPageContentStream out, PDFont font, float x, float y, String line) throws IOException {
        out.beginText();
        out.setFont(font, SIZE);
        out.newLineAtOffset(x, y);
        out.showText(line);
        out.endText();
    }

    private static List<String> lines(PDFont font, float width, String paragraph) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        float space = font.getStringWidth(" ") / 1000 * SIZE;
        float length = 0;
        for (String word : paragraph.split(" ")) {
            float more = font.getStringWidth(word) / 1000 * SIZE;
            if (line.length() > 0 && length + space + more > width) {
                lines.add(line.toString());
                line.setLength(0);
                length = 0;
            }
            length += line.length() == 0 ? more : space + more;
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Pages that are pictures. */
    public static byte[] scanned(int pages) {
        try (PDDocument document = new PDDocument()) {
            BufferedImage picture = new BufferedImage(800, 1100, BufferedImage.TYPE_BYTE_GRAY);
            picture.createGraphics().drawString("Scanned", 100, 100);
            var image = LosslessFactory.createFromImage(document, picture);
            for (int i = 0; i < pages; i++) {
                PDPage page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (PDPageContentStream out = new PDPageContentStream(document, page)) {
                    out.drawImage(image, 0, 0, PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight());
                }
            }
            return bytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as a scanner makes it: each page a picture in grey. */
    public static byte[] copied(byte[] pdf) {
        try (PDDocument from = Loader.loadPDF(pdf);
                PDDocument to = new PDDocument()) {
            PDFRenderer renderer = new PDFRenderer(from);
            for (int i = 0; i < from.getNumberOfPages(); i++) {
                var image = JPEGFactory.createFromImage(to, renderer.renderImageWithDPI(i, 200, ImageType.GRAY));
                PDPage page = new PDPage(PDRectangle.A4);
                to.addPage(page);
                try (PDPageContentStream out = new PDPageContentStream(to, page)) {
                    out.drawImage(image, 0, 0, PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight());
                }
            }
            return bytes(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as an office's scanner makes it: each page a picture in black and white, packed as JBIG2. */
    public static byte[] copiedAsJbig2(byte[] pdf) {
        try (PDDocument from = Loader.loadPDF(pdf);
                PDDocument to = new PDDocument()) {
            PDFRenderer renderer = new PDFRenderer(from);
            for (int i = 0; i < from.getNumberOfPages(); i++) {
                var fax = CCITTFactory.createFromImage(to, renderer.renderImageWithDPI(i, 200, ImageType.BINARY));
                byte[] lines;
                try (var raw = fax.getCOSObject().createRawInputStream()) {
                    lines = raw.readAllBytes();
                }
                add(to, jbig2(to, fax.getWidth(), fax.getHeight(), lines));
            }
            return bytes(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page whose picture says that it is packed in a way. */
    public static byte[] packedBy(String filter) {
        try (PDDocument to = new PDDocument()) {
            add(to, picture(to, 800, 1100, COSName.getPDFName(filter), new byte[] {0, 1, 2, 3}));
            return bytes(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(PDDocument to, PDImageXObject image) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        to.addPage(page);
        try (PDPageContentStream out = new PDPageContentStream(to, page)) {
            out.drawImage(image, 0, 0, PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight());
        }
    }

    private static PDImageXObject picture(PDDocument to, int width, int height, COSName filter, byte[] packed)
            throws IOException {
        PDImageXObject image = new PDImageXObject(
                to, new ByteArrayInputStream(packed), filter, width, height, 1, PDDeviceGray.INSTANCE);
        return image;
    }

    /** A page of JBIG2 is one region, whose lines are those of a fax. */
    private static PDImageXObject jbig2(PDDocument to, int width, int height, byte[] lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        segment(out, 0, 48, 19);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[11]);
        segment(out, 1, 38, 18 + lines.length);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[9]);
        out.writeByte(1);
        out.write(lines);
        return picture(to, width, height, COSName.JBIG2_DECODE, bytes.toByteArray());
    }

    private static void segment(DataOutputStream out, int number, int type, int length) throws IOException {
        out.writeInt(number);
        out.writeByte(type);
        out.writeByte(0);
        out.writeByte(1);
        out.writeInt(length);
    }

    /** The same with a password. @param toOpen whether it takes one to open it, and not only to change it */
    public static byte[] locked(byte[] pdf, boolean toOpen) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            document.protect(new StandardProtectionPolicy("owner", toOpen ? "reader" : "", new AccessPermission()));
            return bytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a script that runs where it is opened. */
    public static byte[] scripted(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('Xin chào')"));
            return bytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
