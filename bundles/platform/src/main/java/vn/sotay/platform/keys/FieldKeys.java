package vn.sotay.platform.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Seals sensitive fields and opens them again: AES-256-GCM, bound to the name of the field and the id of its record, so that a sealed
 * value is of no use in another place. Numbered keys stand in a file outside the database; the newest seals, each opens what it has
 * sealed. A sealed text is {@code k<number>.<Base64url of nonce, content and tag>}; its content ends with as many zeros as make it a
 * multiple of 16 bytes, since a word of a few can be told by its length.
 *
 * <p>Seal inside the unit of work that writes: a rotation waits for those that may still have sealed with the key before. Thread-safe.
 */
@Component(
        service = FieldKeys.class,
        configurationPid = "vn.sotay.keys",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = KeysConfig.class)
public final class FieldKeys {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int STEP = 16;
    /** Begins sealed bytes; neither a text nor a ZIP file begins so. The key's number follows in four bytes. */
    private static final byte[] MARK = {0, 'S', 'k', 1};

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** Making one takes several times as long as using it; a list of members opens a hundred. */
    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(FieldKeys::cipher);

    /**
     * The keys of a moment.
     *
     * @param opening all that open
     * @param written those of the file: the others were dropped since the start, and open what was read before that
     */
    private record Ring(NavigableMap<Integer, FieldKey> opening, NavigableMap<Integer, FieldKey> written) {

        FieldKey newest() {
            return written.lastEntry().getValue();
        }
    }

    private final KeyFile file;
    private final Opened opened = new Opened();
    private volatile @Nullable Ring ring;

    @Activate
    public FieldKeys(BundleContext context, KeysConfig config) {
        this(
                config.file().isEmpty()
                        ? Path.of(context.getProperty("sotay.data"), "keys", "fields")
                        : Path.of(config.file()));
    }

    /** @param file of the keys; neither read nor made before {@link #open(Map)} */
    public FieldKeys(Path file) {
        this.file = new KeyFile(file);
    }

    /** Loads what the first seal would wait for. */
    public static void load() {
        CIPHERS.get();
        FieldKey.random(1).fingerprint();
    }

    // ---- the keys themselves

    /**
     * Reads the key file; makes it if the database has nothing sealed yet. To be called once, before anything is sealed or opened.
     *
     * @param known the keys that the database was sealed with: their numbers and fingerprints
     * @return those of the file, likewise
     * @throws KeyException if the file is missing, broken, or not that of this database
     */
    public Map<Integer, String> open(Map<Integer, String> known) throws KeyException {
        NavigableMap<Integer, FieldKey> keys = file.read().orElse(null);
        if (keys == null) {
            if (!known.isEmpty()) {
                throw new KeyException(
                        "the key file " + file.path()
                                + " is missing, and the database has fields that were sealed with it: put it back from its backup");
            }
            keys = new TreeMap<>(Map.of(1, FieldKey.random(1)));
            file.write(keys.values());
        }
        for (Map.Entry<Integer, String> one : new TreeMap<>(known).entrySet()) {
            FieldKey key = keys.get(one.getKey());
            if (key == null) {
                throw new KeyException(
                        "the key file " + file.path() + " lacks the key " + one.getKey()
                                + ", and the database has fields that were sealed with it: put back the key file of the same day");
            }
            if (!key.fingerprint().equals(one.getValue())) {
                throw new KeyException("the key file " + file.path() + " is not the one of this database: its key "
                        + one.getKey() + " is another. Put back the one that belongs to it");
            }
        }
        ring = new Ring(keys, keys);
        return fingerprints();
    }

    /** The numbers and fingerprints of the keys in the file. */
    public Map<Integer, String> fingerprints() {
        Map<Integer, String> all = new TreeMap<>();
        ring().written().values().forEach(key -> all.put(key.number(), key.fingerprint()));
        return all;
    }

    private Ring ring() {
        Ring now = ring;
        if (now == null) {
            throw new IllegalStateException("the key file was not read yet");
        }
        return now;
    }

    /** The number of the key that seals now. */
    public int newest() {
        return ring().newest().number();
    }

    /** The numbers of the keys in the file: more than one while a rotation is under way. */
    public List<Integer> numbers() {
        return List.copyOf(ring().written().keySet());
    }

    /**
     * Makes a new key, which seals from now on, and writes it to the file first.
     *
     * @return the fingerprints of all
     * @throws KeyException if the file cannot be written: all is as it was
     */
    public synchronized Map<Integer, String> add() throws KeyException {
        Ring now = ring();
        FieldKey added = FieldKey.random(now.newest().number() + 1);
        NavigableMap<Integer, FieldKey> written = new TreeMap<>(now.written());
        written.put(added.number(), added);
        file.write(written.values());
        NavigableMap<Integer, FieldKey> opening = new TreeMap<>(now.opening());
        opening.put(added.number(), added);
        ring = new Ring(opening, written);
        return fingerprints();
    }

    /**
     * Takes all keys but the newest out of the file: nothing is sealed by them any more. What somebody has read meanwhile is opened still.
     *
     * @throws KeyException if the file cannot be written: all is as it was
     */
    public synchronized void dropOlder() throws KeyException {
        Ring now = ring();
        NavigableMap<Integer, FieldKey> written =
                new TreeMap<>(Map.of(now.newest().number(), now.newest()));
        file.write(written.values());
        ring = new Ring(now.opening(), written);
    }

    // ---- texts

    /**
     * Seals a text; twice the same is sealed differently.
     *
     * @param field such as {@code member.phone}; never changed, since what was sealed is bound to it
     * @param id of the record that has the field
     */
    public String seal(String field, String id, String plain) {
        return text(ring().newest(), field, id, padded(plain), nonce());
    }

    /** As {@link #seal}, but twice the same is sealed alike, by one key: for what is compared to know whether it changed. */
    public String sealAlike(String field, String id, String plain) {
        FieldKey key = ring().newest();
        byte[] content = padded(plain);
        byte[] nonce = Arrays.copyOf(key.mac("nonce", utf8(field), utf8(id), content), NONCE);
        return text(key, field, id, content, nonce);
    }

    private static String text(FieldKey key, String field, String id, byte[] content, byte[] nonce) {
        ByteBuffer sealed = ByteBuffer.allocate(NONCE + content.length + TAG_BITS / 8);
        sealed.put(nonce).put(sealed(key, nonce, bound(field, id), content));
        return "k" + key.number() + '.' + TEXT.encodeToString(sealed.array());
    }

    /**
     * Opens what {@link #seal} gave for this field of this record.
     *
     * @throws SealException if it was sealed for another place, was changed, or its key is not there
     */
    public String open(String field, String id, String sealed) {
        String known = opened.find(field, id, sealed);
        if (known != null) {
            return known;
        }
        String plain = unsealed(field, id, sealed);
        opened.keep(field, id, sealed, plain);
        return plain;
    }

    private String unsealed(String field, String id, String sealed) {
        int point = numberEnd(sealed);
        if (point < 0) {
            throw new SealException(field, id);
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed.substring(point + 1));
        } catch (IllegalArgumentException e) {
            throw new SealException(field, id);
        }
        byte[] content = opened(number(sealed, point), field, id, bytes, 0);
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) {
            end--;
        }
        return new String(content, 0, end, StandardCharsets.UTF_8);
    }

    /** Whether a text has the form of a sealed one. */
    public static boolean isSealed(String text) {
        return numberEnd(text) > 0;
    }

    /** What a text begins with that was sealed by the newest key. */
    public String newestMark() {
        return "k" + newest() + '.';
    }

    /** Where the point behind the key's number is; negative if it is no sealed text. */
    private static int numberEnd(String text) {
        if (text.length() < 3 || text.charAt(0) != 'k') {
            return -1;
        }
        int at = 1;
        while (at < text.length() && at < 10 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > 1 && at < text.length() && text.charAt(at) == '.' ? at : -1;
    }

    private static int number(String sealed, int point) {
        return Integer.parseInt(sealed, 1, point, 10);
    }

    // ---- bytes

    /** Seals bytes, as {@link #seal(String, String, String)} does a text. */
    public byte[] seal(String field, String id, byte[] plain) {
        FieldKey key = ring().newest();
        byte[] nonce = nonce();
        byte[] content = sealed(key, nonce, bound(field, id), plain);
        return ByteBuffer.allocate(MARK.length + Integer.BYTES + NONCE + content.length)
                .put(MARK)
                .putInt(key.number())
                .put(nonce)
                .put(content)
                .array();
    }

    /**
     * Opens bytes.
     *
     * @throws SealException as {@link #open(String, String, String)}
     */
    public byte[] open(String field, String id, byte[] sealed) {
        if (!isSealed(sealed)) {
            throw new SealException(field, id);
        }
        return opened(number(sealed), field, id, sealed, MARK.length + Integer.BYTES);
    }

    /** Whether bytes have the form of sealed ones. */
    public static boolean isSealed(byte[] bytes) {
        return bytes.length >= MARK.length + Integer.BYTES
                && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    }

    /** Whether the newest key has sealed them. */
    public boolean isNewest(byte[] sealed) {
        return isSealed(sealed) && number(sealed) == newest();
    }

    private static int number(byte[] sealed) {
        return ByteBuffer.wrap(sealed).getInt(MARK.length);
    }

    // ---- hashes

    /**
     * A keyed hash by which records with this very value are found; who lacks the key can neither make nor guess it.
     *
     * @param value in the one form in which it is kept
     */
    public String find(String field, String value) {
        return find(ring().newest(), field, value);
    }

    /** The hashes that records with this value may have: one by each key. */
    public List<String> finds(String field, String value) {
        List<String> all = new ArrayList<>();
        ring().written().descendingMap().values().forEach(key -> all.add(find(key, field, value)));
        return all;
    }

    private static String find(FieldKey key, String field, String value) {
        return "k" + key.number() + '.' + TEXT.encodeToString(key.mac("find", utf8(field), utf8(value)));
    }

    // ---- the cipher

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** With zeros behind it, with which no text ends. */
    private static byte[] padded(String plain) {
        byte[] bytes = utf8(plain);
        return Arrays.copyOf(bytes, (bytes.length + STEP - 1) / STEP * STEP);
    }

    /** No field has a zero in its name. */
    private static byte[] bound(String field, String id) {
        return utf8(field + '\0' + id);
    }

    private static byte[] sealed(FieldKey key, byte[] nonce, byte[] bound, byte[] content) {
        try {
            return sealed(CIPHERS.get(), key, nonce, bound, content);
        } catch (InvalidAlgorithmParameterException e) {
            // the same content for the same place once more, by the same nonce: Java refuses one twice in a row
            try {
                return sealed(cipher(), key, nonce, bound, content);
            } catch (InvalidAlgorithmParameterException again) {
                throw new AssertionError("a new cipher takes any nonce", again);
            }
        }
    }

    private static byte[] sealed(Cipher cipher, FieldKey key, byte[] nonce, byte[] bound, byte[] content)
            throws InvalidAlgorithmParameterException {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key.sealingKey(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound);
            return cipher.doFinal(content);
        } catch (InvalidAlgorithmParameterException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("whatever fits into the memory can be sealed", e);
        }
    }

    private byte[] opened(int number, String field, String id, byte[] sealed, int from) {
        FieldKey key = ring().opening().get(number);
        if (key == null || sealed.length < from + NONCE + TAG_BITS / 8) {
            throw new SealException(field, id);
        }
        try {
            Cipher cipher = CIPHERS.get();
            cipher.init(Cipher.DECRYPT_MODE, key.sealingKey(), new GCMParameterSpec(TAG_BITS, sealed, from, NONCE));
            cipher.updateAAD(bound(field, id));
            return cipher.doFinal(sealed, from + NONCE, sealed.length - from - NONCE);
        } catch (GeneralSecurityException e) {
            throw new SealException(field, id);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance(CIPHER);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has " + CIPHER, e);
        }
    }
}
