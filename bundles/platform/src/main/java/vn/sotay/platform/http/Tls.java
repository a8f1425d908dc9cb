package vn.sotay.platform.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.platform.secrets.Secrets;

/**
 * TLS of the server, and its key and certificates taken anew when their files have changed: new connections get the new ones, those
 * that are there go on. Files that are no good change nothing. {@link #look} is for one thread.
 */
final class Tls {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final TlsFiles files;
    private final SslContextFactory.Server factory;
    /** The state of the files that was taken or refused, and the one that was seen last. */
    private List<String> minded;

    private List<String> seen;

    /** @throws IOException if there is no going on with these files; the message is the operator's line */
    Tls(TlsFiles files) throws IOException {
        this.files = files;
        this.minded = state();
        this.seen = minded;
        TlsFiles.Read read = files.read();
        Secrets.warnIfOpen(files.secret());
        try {
            read.certificate().checkValidity();
        } catch (CertificateException e) {
            LOG.warn(
                    "The certificate in {} is of no use today: {}",
                    files.paths().get(0),
                    e.getMessage());
        }
        this.factory = new SslContextFactory.Server();
        // every browser of the last ten years has better; Jetty leaves out the other weak ones by itself
        factory.addExcludeCipherSuites("^.*_CBC_.*$");
        give(factory, read);
    }

    private static void give(SslContextFactory factory, TlsFiles.Read read) {
        factory.setKeyStore(read.keys());
        factory.setKeyStorePassword(read.password());
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /**
     * Takes the files if they have changed since the last time but one: what is just being written, or of which the first of two has
     * been replaced, is left until the next time.
     */
    void look() {
        List<String> now = state();
        boolean still = now.equals(seen);
        seen = now;
        if (now.equals(minded) || !still) {
            return;
        }
        minded = now;
        try {
            TlsFiles.Read read = files.read();
            read.certificate().checkValidity();
            SslContextFactory.Server trial = new SslContextFactory.Server();
            give(trial, read);
            trial.start();
            trial.stop();
            factory.reload(whole -> give(whole, read));
            LOG.info(
                    "The certificate was replaced; the new one is good until {}",
                    read.certificate().getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            refused("it is of no use today (" + e.getMessage() + ')');
        } catch (Exception e) {
            refused(String.valueOf(e.getMessage()));
        }
    }

    private static void refused(String line) {
        LOG.warn("The new certificate is not taken, and the one before goes on: {}", line);
    }

    /** Changes when a file does, or another takes its name. */
    private List<String> state() {
        List<String> state = new ArrayList<>();
        for (Path path : files.paths()) {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                state.add(now.lastModifiedTime() + " " + now.size() + ' ' + now.fileKey());
            } catch (IOException e) {
                state.add("not there");
            }
        }
        return state;
    }
}
