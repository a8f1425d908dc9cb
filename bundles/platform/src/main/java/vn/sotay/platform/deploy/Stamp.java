package vn.sotay.platform.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** By what a file is known to have changed; the key tells a file that was renamed over another. */
record Stamp(long size, Instant modified, @Nullable Object key) {

    static Stamp of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.size(), now.lastModifiedTime().toInstant(), now.fileKey());
    }
}
