package vn.sotay.platform.http;

import java.util.Map;
import java.util.Optional;

/** Gives the files of the web application: whatever does not lie below {@code /api}. Thread-safe. */
public interface Pages {

    /** The file at a path such as {@code /m/meetings/…/meetings.js}; the shell for the path of a page; empty if there is none. */
    Optional<StaticFile> find(String path);

    /**
     * A file that is sent as it is.
     *
     * @param type media type
     * @param etag tells this content from another
     * @param forever whether another content would have another path
     * @param headers further headers, such as a Content-Security-Policy
     */
    record StaticFile(byte[] content, String type, String etag, boolean forever, Map<String, String> headers) {}
}
