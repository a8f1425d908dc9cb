package vn.sotay.documents.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How much work and room one file may cost. For one thread. */
final class Limits {

    /** Bytes of one unpacked part, such as the body of a DOCX. */
    static final long PART = 48L << 20;

    /** Bytes of all unpacked parts together. */
    static final long WHOLE = 256L << 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long end;
    private long unpacked;

    /** @param millis how long it may keep a core busy: a machine that has much else to do refuses no file for that */
    Limits(long millis) {
        end = THREADS.getCurrentThreadCpuTime() + millis * 1_000_000;
    }

    void requireTime() throws UnreadableException {
        if (THREADS.getCurrentThreadCpuTime() - end > 0) {
            throw new UnreadableException(Reading.TOO_LARGE);
        }
    }

    /** Counts what was unpacked. */
    void count(long bytes) throws UnreadableException {
        unpacked += bytes;
        if (unpacked > WHOLE) {
            throw new UnreadableException(Reading.TOO_LARGE);
        }
        requireTime();
    }

    /** The same stream, which ends with an exception where it becomes too long. */
    InputStream bounded(InputStream in) {
        return new FilterInputStream(in) {
            private long length;

            private int counted(int count) throws IOException {
                length += Math.max(0, count);
                if (length > PART) {
                    throw new UnreadableException(Reading.TOO_LARGE);
                }
                count(Math.max(0, count));
                return count;
            }

            @Override
            public int read() throws IOException {
                int one = super.read();
                counted(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] target, int offset, int size) throws IOException {
                return counted(super.read(target, offset, size));
            }
        };
    }
}
