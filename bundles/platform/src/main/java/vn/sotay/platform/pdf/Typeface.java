package vn.sotay.platform.pdf;

import com.lowagie.text.DocumentException;
import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;

/** The two weights of one document, of which it holds the letters that it uses. For one thread. */
final class Typeface {

    private static final class Files {
        static final byte[] REGULAR = read("be-vietnam-pro-400.ttf");
        static final byte[] BOLD = read("be-vietnam-pro-600.ttf");
    }

    /** Stands for a letter that the font does not have: better seen than gone. */
    private static final char UNKNOWN = '?';

    final BaseFont regular = font("400.ttf", Files.REGULAR);
    final BaseFont bold = font("600.ttf", Files.BOLD);

    private static byte[] read(String name) {
        try (InputStream in = Typeface.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " in this jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BaseFont font(String name, byte[] file) {
        try {
            return BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, file, null);
        } catch (DocumentException e) {
            throw new IllegalStateException(name + " is no font that can be embedded", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Font regular(float size) {
        return new Font(regular, size);
    }

    Font bold(float size) {
        return new Font(bold, size);
    }

    /** The text as this font can write it: each Vietnamese letter in one piece, and none left out. */
    String writable(String text) {
        StringBuilder written = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(letter -> {
            if (letter == '\n' || letter == '\t') {
                written.append(letter == '\n' ? '\n' : ' ');
            } else if (Character.getType(letter) != Character.FORMAT && !Character.isISOControl(letter)) {
                written.appendCodePoint(regular.charExists(letter) && bold.charExists(letter) ? letter : UNKNOWN);
            }
        });
        return written.toString();
    }
}
