package vn.sotay.documents.text;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/** A PDF whose pages are pictures: drawn in grey, one at a time, within bounds of pixels, memory and time. For one thread. */
public final class ScannedPdf implements Closeable {

    private static final long MEMORY = 8L << 20;
    private static final float INCH = 72;
    private static final float SHARP = 300;

    /** An A3 sheet at 260 dots per inch. */
    private static final long PIXELS = 13_000_000;

    /** Bytes of one picture as it is unpacked, at most. */
    private static final long PICTURE = 80L << 20;

    private static final long MILLIS_A_PAGE = 30_000;

    private final PDDocument document;

    private ScannedPdf(PDDocument document) {
        this.document = document;
    }

    /** @throws UnreadableException if it is not what has been looked at before */
    public static ScannedPdf open(Path file) throws IOException {
        FontMappers.set(new OneFont());
        PdfChecks.requireWhole(file, new Limits(2 * MILLIS_A_PAGE));
        MemoryUsageSetting room = MemoryUsageSetting.setupMixed(MEMORY, Limits.WHOLE);
        return new ScannedPdf(Loader.loadPDF(file.toFile(), room.streamCache));
    }

    public int pages() {
        return document.getNumberOfPages();
    }

    /**
     * Draws a page into a file, as a portable grey map.
     *
     * @param page the first is 0
     * @return dots per inch
     * @throws UnreadableException if it is too large to be drawn
     */
    public int draw(int page, Path to) throws IOException {
        PDRectangle box = document.getPage(page).getCropBox();
        double inches = (double) box.getWidth() / INCH * (box.getHeight() / INCH);
        float dots = (float) Math.min(SHARP, Math.sqrt(PIXELS / Math.max(inches, 0.01)));
        if (Math.max(box.getWidth(), box.getHeight()) / INCH * dots > Short.MAX_VALUE) {
            throw new UnreadableException(Reading.TOO_LARGE);
        }
        Renderer renderer = new Renderer(document, new Limits(MILLIS_A_PAGE));
        BufferedImage picture = renderer.renderImageWithDPI(page, dots, ImageType.GRAY);
        if (renderer.isTooLarge) {
            throw new UnreadableException(Reading.TOO_LARGE);
        }
        byte[] grey = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            out.write(("P5\n" + picture.getWidth() + ' ' + picture.getHeight() + "\n255\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(grey);
        }
        return Math.round(dots);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }

    private static final class Renderer extends PDFRenderer {

        private final Limits limits;

        /** The library goes on without a picture that cannot be drawn: a page without it is not read. */
        private boolean isTooLarge;

        private Renderer(PDDocument document, Limits limits) {
            super(document);
            this.limits = limits;
            // a picture that is finer than the page is read coarser, and never whole in memory
            setSubsamplingAllowed(true);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new Drawer(parameters, limits, () -> isTooLarge = true);
        }
    }

    private static final class Drawer extends PageDrawer {

        private final Limits limits;

        private final Runnable refused;

        private Drawer(PageDrawerParameters parameters, Limits limits, Runnable refused) throws IOException {
            super(parameters);
            this.limits = limits;
            this.refused = refused;
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            limits.requireTime();
            super.processOperator(operator, operands);
        }

        @Override
        public void drawImage(PDImage image) throws IOException {
            long bytes = bytes(image.getWidth(), image.getHeight(), image.getBitsPerComponent());
            if (image instanceof PDImageXObject one
                    && one.getCOSObject().getDictionaryObject(COSName.SMASK) instanceof COSDictionary mask) {
                bytes += bytes(
                        mask.getInt(COSName.WIDTH),
                        mask.getInt(COSName.HEIGHT),
                        mask.getInt(COSName.BITS_PER_COMPONENT));
            }
            if (bytes > PICTURE) {
                refused.run();
            } else {
                super.drawImage(image);
            }
        }

        /** As if each had three colours, if it is not black and white. */
        private static long bytes(int width, int height, int bits) {
            return (long) Math.max(0, width) * Math.max(0, height) * (bits == 1 ? 1 : Math.max(8, bits) * 3) / 8;
        }
    }
}
