package vn.sotay.documents.text;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks pictures that are packed as JBIG2, as scanners do with black and white. What they say of their size is not bounded by the file, and the
 * library that knows them cannot be stopped: it runs as a child, with a heap and a time of its own.
 */
final class Jbig2 {

    private static final int SECONDS = 60;
    private static final String LIBRARY = "/lib/jbig2.jar";
    private static final String CHILD = "/vn/sotay/documents/text/Jbig2Child.class";

    private Jbig2() {}

    static boolean packs(PDImageXObject image) {
        return isPackedBy(image, COSName.JBIG2_DECODE);
    }

    static boolean isPackedBy(PDImageXObject image, COSName filter) {
        return image.getStream().getFilters().contains(filter);
    }

    /**
     * The same picture, as it is without that.
     *
     * @param folder for the child alone
     * @throws IOException if it is not to be had within the bounds
     */
    static PDImageXObject unpacked(PDDocument document, PDImageXObject image, Path folder) throws IOException {
        Path in = folder.resolve("picture.jb2");
        Path out = folder.resolve("picture.bits");
        try (OutputStream packed = Files.newOutputStream(in)) {
            COSStream globals = globals(image);
            if (globals != null) {
                try (InputStream common = globals.createInputStream()) {
                    common.transferTo(packed);
                }
            }
            try (InputStream own = image.getStream().createInputStream(List.of(COSName.JBIG2_DECODE.getName()))) {
                own.transferTo(packed);
            }
        }
        run(folder, in, out);
        try (DataInputStream bits = new DataInputStream(Files.newInputStream(out))) {
            if (bits.readInt() != image.getWidth() || bits.readInt() != image.getHeight()) {
                throw new UnreadableException(Reading.BROKEN);
            }
            return plain(document, image, bits);
        }
    }

    private static @Nullable COSStream globals(PDImageXObject image) {
        COSBase parameters = image.getCOSObject().getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
        if (parameters instanceof COSArray all && all.size() > 0) {
            parameters = all.getObject(all.size() - 1);
        }
        return parameters instanceof COSDictionary one
                        && one.getDictionaryObject(COSName.JBIG2_GLOBALS) instanceof COSStream stream
                ? stream
                : null;
    }

    private static PDImageXObject plain(PDDocument document, PDImageXObject image, InputStream bits)
            throws IOException {
        COSStream stream = document.getDocument().createCOSStream();
        image.getCOSObject().entrySet().stream()
                .filter(one -> !List.of(COSName.FILTER, COSName.F, COSName.DECODE_PARMS, COSName.DP, COSName.LENGTH)
                        .contains(one.getKey()))
                .forEach(one -> stream.setItem(one.getKey(), one.getValue()));
        try (OutputStream to = stream.createRawOutputStream()) {
            bits.transferTo(to);
        }
        return new PDImageXObject(new PDStream(stream), null);
    }

    private static void run(Path folder, Path in, Path out) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes" + CHILD).getParent());
        copy(CHILD, classes.resolve("Jbig2Child.class"));
        copy(LIBRARY, folder.resolve("jbig2.jar"));
        Process child = new ProcessBuilder(
                        "nice",
                        "-n",
                        "15",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ReservedCodeCacheSize=16m",
                        "-Djava.awt.headless=true",
                        "-cp",
                        folder.resolve("classes") + File.pathSeparator + folder.resolve("jbig2.jar"),
                        Jbig2Child.class.getName(),
                        in.toString(),
                        out.toString())
                .directory(folder.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            if (!child.waitFor(SECONDS, TimeUnit.SECONDS) || child.exitValue() != 0) {
                throw new IOException("a picture in JBIG2 could not be unpacked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            child.destroyForcibly();
        }
    }

    private static void copy(String resource, Path to) throws IOException {
        if (Files.exists(to)) {
            return;
        }
        try (InputStream in = Jbig2.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no " + resource);
            }
            Files.copy(in, to);
        }
    }
}
