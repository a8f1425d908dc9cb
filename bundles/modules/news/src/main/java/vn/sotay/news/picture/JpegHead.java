package vn.sotay.news.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the head of a JPEG says that the decoder of the JDK does not: which way up it was taken, and whether it comes in passes, which
 * are held in memory whole. Reads no more than it was given, and believes nothing: what cannot be read is as if it were not there.
 *
 * @param turn how it is to be turned and mirrored, 1 to 8 as Exif counts
 * @param progressive whether it comes in passes
 */
record JpegHead(int turn, boolean progressive) {

    private static final int APP1 = 0xe1;
    private static final int START_OF_SCAN = 0xda;
    private static final int ORIENTATION = 0x0112;
    private static final int MOST_ENTRIES = 200;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    static JpegHead of(byte[] jpeg) {
        int turn = 1;
        boolean progressive = false;
        int at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xff) == 0xff) {
            int marker = jpeg[at + 1] & 0xff;
            int length = (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff;
            if (marker == START_OF_SCAN || length < 2 || at + 2 + length > jpeg.length) {
                break;
            }
            progressive |= isProgressive(marker);
            if (marker == APP1 && turn == 1) {
                turn = turn(jpeg, at + 4, length - 2);
            }
            at += 2 + length;
        }
        return new JpegHead(turn, progressive);
    }

    /** Frames of the standard that are neither baseline nor extended; 0xc4, 0xc8 and 0xcc are no frames. */
    private static boolean isProgressive(int marker) {
        return marker >= 0xc2 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int turn(byte[] jpeg, int from, int length) {
        if (length < EXIF.length + 8) {
            return 1;
        }
        for (int i = 0; i < EXIF.length; i++) {
            if (jpeg[from + i] != EXIF[i]) {
                return 1;
            }
        }
        ByteBuffer tiff =
                ByteBuffer.wrap(jpeg, from + EXIF.length, length - EXIF.length).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return 1;
        }
        int entries = Math.min(tiff.getShort(directory) & 0xffff, MOST_ENTRIES);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (entry + 12 > tiff.limit()) {
                return 1;
            }
            if ((tiff.getShort(entry) & 0xffff) == ORIENTATION) {
                int turn = tiff.getShort(entry + 8) & 0xffff;
                return turn >= 1 && turn <= 8 ? turn : 1;
            }
        }
        return 1;
    }
}
