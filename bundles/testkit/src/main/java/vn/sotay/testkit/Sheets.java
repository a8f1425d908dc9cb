package vn.sotay.testkit;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/** Reads PDF by another library than the one that wrote it. */
public final class Sheets {

    private Sheets() {}

    public static PDDocument open(byte[] pdf) throws IOException {
        return Loader.loadPDF(pdf);
    }

    /** What is written on it, with each line's end. */
    public static String text(byte[] pdf) throws IOException {
        try (PDDocument document = open(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    /** Leaves it in {@code target/sheets}, to be looked at. */
    public static void keep(String name, byte[] pdf) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/sheets"));
        Files.write(folder.resolve(name + ".pdf"), pdf);
    }

    /**
     * What the QR codes on a page say, as it is drawn.
     *
     * @param page from 0
     */
    public static List<String> qrCodes(byte[] pdf, int page) throws IOException, NotFoundException {
        try (PDDocument document = open(pdf)) {
            BufferedImage drawn = new PDFRenderer(document).renderImageWithDPI(page, 200, ImageType.RGB);
            int[] pixels = drawn.getRGB(0, 0, drawn.getWidth(), drawn.getHeight(), null, 0, drawn.getWidth());
            var picture = new BinaryBitmap(
                    new HybridBinarizer(new RGBLuminanceSource(drawn.getWidth(), drawn.getHeight(), pixels)));
            return Arrays.stream(
                            new QRCodeMultiReader().decodeMultiple(picture, Map.of(DecodeHintType.TRY_HARDER, true)))
                    .map(Result::getText)
                    .toList();
        }
    }
}
