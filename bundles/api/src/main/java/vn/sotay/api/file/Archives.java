package vn.sotay.api.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Caller;

/**
 * Files that come packed in one. Thread-safe.
 *
 * @since 1.1
 */
@ProviderType
public interface Archives {

    /**
     * A file of an archive.
     *
     * @param path where it lies in the archive, with slashes, composed to NFC
     */
    record Entry(String path, FileInfo file) {}

    /**
     * Reads a ZIP to its end and keeps its files as if the caller had sent each alone: {@link Files#find} knows them for a day. What
     * computers add by themselves, such as {@code .DS_Store}, is left out. Not inside a unit of work: it waits for the client.
     *
     * @return its files, in its order; nothing is held for anybody yet
     * @throws vn.sotay.api.http.ProblemException 422 if it is no ZIP or a broken one, a name leads out of it, it has more files than are
     *     taken, or they are larger unpacked; files before the fault are cleared away after some days
     */
    List<Entry> unpack(Caller caller, InputStream content) throws IOException;
}
