package vn.sotay.api.file;

import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.store.Transaction;

/**
 * Files of the province by the SHA-256 of their content. A client puts the bytes at {@code /api/files/{sha256}} and then names the
 * hash in what it writes; the module that takes the hash says here who may read the file.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Files {

    /**
     * What is known of a file that the caller may read: since something holds it for the caller, or the caller itself has sent it
     * within a day. Ask this before a thing takes a hash from a caller: who merely knows the hash of a file must not get it by naming it.
     *
     * @return empty also if the bytes have not arrived whole
     */
    Optional<FileInfo> find(Transaction tx, String sha256, Caller caller);

    /**
     * Keeps a small file that the module itself made, such as printed minutes. A client's files come by HTTP.
     *
     * @param content at most 2 MB
     * @return what {@link #find} says of it from now on to those for whom it is held
     */
    FileInfo keep(Transaction tx, byte[] content);

    /**
     * Opens the content of a file, to be read once from its beginning, such as to find its text. Not within a transaction: each 64 kB are
     * read in one of their own, so that slow work holds none open.
     *
     * @param file as {@link #find} has told it to somebody who may read it, or as a thing has held it since
     * @return throws {@link java.io.FileNotFoundException} where the file is cleared away while it is read; to be closed, and for one
     *     thread
     */
    InputStream open(FileInfo file);

    /**
     * Says which files a thing holds and for whom, in the transaction that writes the thing. It replaces what was said for the
     * thing before; a file that nothing holds is cleared away after some days.
     *
     * @param holder type of the thing, as in its change type
     * @param id of the thing
     * @param sha256s hashes of the files, in lower-case hexadecimal
     * @param audiences who may read them
     * @throws vn.sotay.api.http.ProblemException 422 if one of the files has not arrived
     */
    void hold(Transaction tx, String holder, UUID id, Set<String> sha256s, Set<Audience> audiences);
}
