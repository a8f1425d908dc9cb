package vn.sotay.platform.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** The content of a stored file, of which one chunk at a time is in memory. For one thread. */
final class StoredBytes extends InputStream {

    private final long size;
    private final IntFunction<Optional<byte[]>> chunks;
    private byte[] chunk = new byte[0];
    private int in;
    private int part;
    private long read;

    /**
     * @param size bytes of the whole
     * @param chunks a chunk by its number, from 0; empty if it is there no longer
     */
    StoredBytes(long size, IntFunction<Optional<byte[]>> chunks) {
        this.size = size;
        this.chunks = chunks;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (read == size) {
            return -1;
        }
        if (in == chunk.length) {
            chunk = chunks.apply(part++)
                    .filter(bytes -> bytes.length > 0)
                    .orElseThrow(() -> new FileNotFoundException("the file was cleared away while it was read"));
            in = 0;
        }
        int count = Math.min(length, chunk.length - in);
        System.arraycopy(chunk, in, target, offset, count);
        in += count;
        read += count;
        return count;
    }
}
