package vn.sotay.platform.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import vn.sotay.platform.secrets.OwnedFile;
import vn.sotay.platform.secrets.Secrets;

/**
 * The keys by which push services know who sends (RFC 8292). A browser subscribes for one public key: with another it must be asked again,
 * so they stay. In the file they are two words of a line, the public and the private one, as other makers of such keys write them.
 */
public record VapidKeys(ECPublicKey publicKey, ECPrivateKey privateKey) {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private static final String HEAD = """
            # The keys by which push services know this Sotay: the public and the private one. Who loses them has all
            # phones asked anew whether they want to be told; who has the private one can send in this Sotay's name.
            """;

    static VapidKeys random() {
        KeyPair pair = P256.random();
        return new VapidKeys((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
    }

    /**
     * Those of the file; makes them if there is no such file.
     *
     * @throws IOException if it cannot be read or written, or holds no such keys; the message is a line for the operator
     */
    public static VapidKeys in(Path file) throws IOException {
        if (!Files.exists(file)) {
            VapidKeys made = random();
            OwnedFile.write(file, HEAD + made.text() + ' ' + TEXT.encodeToString(P256.bytes(made.privateKey())) + '\n');
            return made;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        Secrets.warnIfOpen(file);
        if (lines.size() != 1) {
            throw broken(file);
        }
        try {
            String[] words = lines.get(0).strip().split("\\s+");
            Base64.Decoder decoder = Base64.getUrlDecoder();
            VapidKeys keys = new VapidKeys(
                    P256.publicKey(decoder.decode(words[0])), P256.privateKey(decoder.decode(words[words.length - 1])));
            if (!keys.fit()) {
                throw broken(file);
            }
            return keys;
        } catch (IllegalArgumentException e) {
            throw broken(file);
        }
    }

    /** Does not show what it holds. */
    private static IOException broken(Path file) {
        return new IOException("the key file " + file
                + " does not hold one line with a public key and its private one: put it back from its backup");
    }

    /** Whether they are of one pair: both agree with a third in the same. */
    private boolean fit() {
        VapidKeys third = random();
        return java.util.Arrays.equals(
                P256.agree(privateKey, third.publicKey()), P256.agree(third.privateKey(), publicKey));
    }

    /** The public key as browsers are told it: Base64url. */
    public String text() {
        return TEXT.encodeToString(P256.bytes(publicKey));
    }

    @Override
    public String toString() {
        return "VapidKeys[" + text() + ']';
    }
}
