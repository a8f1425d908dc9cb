package vn.sotay.platform.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import vn.sotay.platform.module.ModuleException;

/**
 * A copy of a jar, which does not change while it is looked at.
 *
 * @param path of the copy
 */
record ModuleJar(Path path, String sha256) implements AutoCloseable {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int BUFFER = 64 * 1024;

    /** Copies the jar into a folder. */
    static ModuleJar copy(Path jar, Path folder) throws ModuleException {
        try {
            Files.createDirectories(folder);
            Path copy = Files.createTempFile(folder, "new-", ".tmp");
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest);
                    var out = Files.newOutputStream(copy)) {
                in.transferTo(out);
            }
            return new ModuleJar(copy, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new ModuleException(
                    "it cannot be read or copied to " + folder + " (" + e
                            + "): look at the rights of both, and whether the disk is full",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Whether the file is a zip to its end: a jar that is still being copied is not, since its directory comes last. */
    static boolean isWhole(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.size() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads all of it and its manifest. */
    void check() throws ModuleException {
        Manifest manifest;
        try (ZipFile zip = new ZipFile(path.toFile())) {
            manifest = manifest(zip);
            readAll(zip);
        } catch (IOException e) {
            throw new ModuleException(
                    "it is no whole jar (" + e.getMessage()
                            + "): copy it again, best under another name, and then rename it",
                    e);
        }
        Attributes headers = manifest.getMainAttributes();
        if (headers.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
            throw new ModuleException("it is no OSGi bundle (its manifest has no Bundle-SymbolicName): build it as"
                    + " the modules of Sotay are built, with the bnd plugin");
        }
        String host = headers.getValue(Constants.FRAGMENT_HOST);
        if (host != null) {
            throw new ModuleException("it is a fragment of " + host.split(";", 2)[0].strip()
                    + ": a module is a bundle of its own, so build it without Fragment-Host");
        }
    }

    private Manifest manifest(ZipFile zip) throws IOException, ModuleException {
        ZipEntry entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            throw new ModuleException("it has no manifest (" + MANIFEST
                    + "): build it as the modules of Sotay are built, with the bnd plugin");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return new Manifest(in);
        }
    }

    /** Finds entries whose bytes are not those that were packed. */
    private static void readAll(ZipFile zip) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (ZipEntry entry : (List<? extends ZipEntry>) zip.stream().toList()) {
            try (InputStream in = zip.getInputStream(entry)) {
                while (in.read(buffer) >= 0) {
                    // reading compares the checksum
                }
            }
        }
    }

    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    /** Deletes the copy, if it was not moved elsewhere. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // swept at the next start
            path.toFile().deleteOnExit();
        }
    }
}
