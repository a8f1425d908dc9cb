package vn.sotay.news.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Takes JPEG and PNG by what is in the file, not by its name, looks at its size before it decodes a pixel, and writes it anew. Of the
 * file that was sent nothing is left: no metadata, no place, nothing that was hidden beside or behind the picture. Pure, thread-safe; one
 * call takes about 60 MB at most, so let few run at once.
 */
public final class PictureCoder {

    /** What a phone shows, also when somebody makes it larger. */
    static final int LONGEST = 1_280;

    /** So that a page with three of them opens in the countryside. */
    static final int MOST_BYTES = 300_000;

    /** Phones take pictures of 50 million; what is more is a bomb, or a map that no phone can show. */
    static final long MOST_PIXELS = 52_000_000;

    /** In passes a picture is held whole by the decoder, three values a pixel. */
    static final long MOST_IN_PASSES = 26_000_000;

    /** One line of it is held. */
    static final int MOST_ON_A_SIDE = 20_000;

    private static final float[] QUALITIES = {0.82f, 0.7f, 0.55f, 0.4f};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private PictureCoder() {}

    /**
     * Writes a picture anew.
     *
     * @throws PictureException if it is neither JPEG nor PNG, too large, or cannot be read
     */
    public static Coded code(byte[] sent) throws PictureException {
        String format = format(sent);
        try {
            boolean isJpeg = format.equals("jpeg");
            JpegHead head = isJpeg ? JpegHead.of(sent) : new JpegHead(1, false);
            BufferedImage picture = draw(decode(format, sent, head), head.turn());
            return new Coded(encode(picture), picture.getWidth(), picture.getHeight());
        } catch (IOException | RuntimeException e) {
            // decoders throw all sorts of things at what was made to hurt them
            throw new PictureException("picture-broken");
        }
    }

    private static String format(byte[] sent) throws PictureException {
        if (begins(sent, JPEG)) {
            return "jpeg";
        }
        if (begins(sent, PNG)) {
            return "png";
        }
        throw new PictureException("picture-kind");
    }

    private static boolean begins(byte[] sent, byte[] with) {
        if (sent.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (sent[i] != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static BufferedImage decode(String format, byte[] sent, JpegHead head)
            throws IOException, PictureException {
        ImageReader reader = reader(format);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(sent))) {
            // without its metadata: texts in a PNG are unpacked without a bound
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            long most = head.progressive() ? MOST_IN_PASSES : MOST_PIXELS;
            if (width > MOST_ON_A_SIDE || height > MOST_ON_A_SIDE || (long) width * height > most) {
                throw new PictureException("picture-large");
            }
            ImageReadParam param = reader.getDefaultReadParam();
            // of a large one each second, third … pixel is decoded: what is held has twice the side that is kept
            int step = Math.max(1, Math.max(width, height) / (2 * LONGEST));
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own, whatever other bundles have brought. */
    private static ImageReader reader(String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader one = readers.next();
            if (one.getClass().getName().startsWith("com.sun.imageio.")) {
                return one;
            }
        }
        throw new IOException("no reader of " + format);
    }

    /** As it is to be seen: the right way up, on white, as small as it is kept. */
    private static BufferedImage draw(BufferedImage decoded, int turn) {
        boolean lies = turn >= 5;
        int width = lies ? decoded.getHeight() : decoded.getWidth();
        int height = lies ? decoded.getWidth() : decoded.getHeight();
        double scale = Math.min(1, (double) LONGEST / Math.max(width, height));
        BufferedImage picture = new BufferedImage(
                Math.max(1, (int) Math.round(width * scale)),
                Math.max(1, (int) Math.round(height * scale)),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            AffineTransform transform = AffineTransform.getScaleInstance(
                    (double) picture.getWidth() / width, (double) picture.getHeight() / height);
            transform.concatenate(turned(turn, decoded.getWidth(), decoded.getHeight()));
            graphics.drawImage(decoded, transform, null);
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    /** How Exif says that it lies, undone. */
    private static AffineTransform turned(int turn, int width, int height) {
        return switch (turn) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    private static byte[] encode(BufferedImage picture) throws IOException {
        byte[] jpeg = {};
        for (float quality : QUALITIES) {
            jpeg = encode(picture, quality);
            if (jpeg.length <= MOST_BYTES) {
                break;
            }
        }
        return jpeg;
    }

    private static byte[] encode(BufferedImage picture, float quality) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
