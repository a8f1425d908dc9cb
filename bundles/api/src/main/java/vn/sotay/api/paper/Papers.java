package vn.sotay.api.paper;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes PDF for a module, in Vietnamese and with its own texts, whatever language the page is in. Each module gets its own, with the
 * bundle. Thread-safe.
 */
@ProviderType
public interface Papers {

    /** The media type of what is written. */
    String TYPE = "application/pdf";

    /** A size of paper. */
    enum Size {
        A4,
        A5
    }

    /**
     * Writes a paper.
     *
     * @param title key of a text of the module
     * @param foot what stands at the foot of each page, before its number; empty for nothing
     * @param content is called once, in this thread, before this returns
     * @return the PDF
     */
    byte[] write(Size size, String title, String foot, Consumer<Sheet> content);
}
