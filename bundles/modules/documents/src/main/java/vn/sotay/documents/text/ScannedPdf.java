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
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PDF whose pages are pictures: drawn in grey, one at a time, within bounds of pixels, memory and time. For one thread. */
public final class ScannedPdf implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ScannedPdf.class);
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
     * @throws UnreadableException if it, or a picture on it, is too large to be drawn, or packed in a way that nobody here knows
     */
    public int draw(int page, Path to) throws IOException {
        PDRectangle box = document.getPage(page).getCropBox();
        double inches = (double) box.getWidth() / INCH * (box.getHeight() / INCH);
        float dots = (float) Math.min(SHARP, Math.sqrt(PIXELS / Math.max(inches, 0.01)));
        if (Math.max(box.getWidth(), box.getHeight()) / INCH * dots > Short.MAX_VALUE) {
            throw new UnreadableException(Reading.TOO_LARGE);
        }
        Renderer renderer = new Renderer(document, to.resolveSibling("jbig2"), new Limits(MILLIS_A_PAGE));
        BufferedImage picture = renderer.renderImageWithDPI(page, dots, ImageType.GRAY);
        if (renderer.isRefused) {
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

    /** Whether there is a picture on a page, the first is 0, that is packed as JPEG 2000: nothing here unpacks that. */
    public boolean hasJpeg2000(int page) {
        PDResources resources = document.getPage(page).getResources();
        if (resources == null) {
            return false;
        }
        for (COSName name : resources.getXObjectNames()) {
            try {
                if (resources.getXObject(name) instanceof PDImageXObject image
                        && Jbig2.isPackedBy(image, COSName.JPX_DECODE)) {
                    return true;
                }
            } catch (IOException e) {
                LOG.debug("What is on page {} of a scan cannot be told", page + 1, e);
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }

    private static final class Renderer extends PDFRenderer {

        private final PDDocument document;
        private final Path folder;
        private final Limits limits;

        /** The library goes on without a picture that cannot be drawn: a page without it is not read. */
        private boolean isRefused;

        private Renderer(PDDocument document, Path folder, Limits limits) {
            super(document);
            this.document = document;
            this.folder = folder;
            this.limits = limits;
            // a picture that is finer than the page is read coarser, and never whole in memory
            setSubsamplingAllowed(true);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new Drawer(parameters, document, folder, limits, () -> isRefused = true);
        }
    }

    private static final class Drawer extends PageDrawer {

        private final PDDocument document;
        private final Path folder;
        private final Limits limits;

        private final Runnable refused;

        private Drawer(
                PageDrawerParameters parameters, PDDocument document, Path folder, Limits limits, Runnable refused)
                throws IOException {
            super(parameters);
            this.document = document;
            this.folder = folder;
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
            if (bytes > PICTURE
                    || image instanceof PDImageXObject packed && Jbig2.isPackedBy(packed, COSName.JPX_DECODE)) {
                refused.run();
            } else if (image instanceof PDImageXObject packed && Jbig2.packs(packed)) {
                unpack(packed);
            } else {
                super.drawImage(image);
            }
        }

        private void unpack(PDImageXObject packed) throws IOException {
            try {
                super.drawImage(Jbig2.unpacked(document, packed, Files.createDirectories(folder)));
            } catch (IOException e) {
                LOG.info("A picture of a scan could not be unpacked: {}", e.toString());
                refused.run();
            }
        }

        /** As if each had three colours, if it is not black and white. */
        private static long bytes(int width, int height, int bits) {
            return (long) Math.max(0, width) * Math.max(0, height) * (bits == 1 ? 1 : Math.max(8, bits) * 3) / 8;
        }
    }
}
