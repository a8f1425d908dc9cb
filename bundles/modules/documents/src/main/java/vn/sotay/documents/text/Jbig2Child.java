package vn.sotay.documents.text;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.stream.FileImageInputStream;
import org.apache.pdfbox.jbig2.JBIG2ImageReader;
import org.apache.pdfbox.jbig2.JBIG2ImageReaderSpi;

/** A program of its own, run by {@link Jbig2}: unpacks one picture. It has this class and the library, and nothing else of Sotay. */
public final class Jbig2Child {

    private static final int DARK = 0x80;

    private Jbig2Child() {}

    /** @param arguments the picture, and the file for its width, its height and its rows, where 1 is white as in a PDF */
    public static void main(String[] arguments) throws IOException {
        JBIG2ImageReader reader = new JBIG2ImageReader(new JBIG2ImageReaderSpi());
        try (FileImageInputStream in = new FileImageInputStream(new File(arguments[0]))) {
            reader.setInput(in);
            write(reader.read(0), Path.of(arguments[1]));
        }
    }

    private static void write(BufferedImage picture, Path to) throws IOException {
        int width = picture.getWidth();
        int[] row = new int[width];
        byte[] packed = new byte[(width + 7) / 8];
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
            out.writeInt(width);
            out.writeInt(picture.getHeight());
            for (int y = 0; y < picture.getHeight(); y++) {
                picture.getRGB(0, y, width, 1, row, 0, width);
                Arrays.fill(packed, (byte) 0);
                for (int x = 0; x < width; x++) {
                    if ((row[x] & 0xff) >= DARK) {
                        packed[x >> 3] |= (byte) (DARK >> (x & 7));
                    }
                }
                out.write(packed);
            }
        }
    }
}
