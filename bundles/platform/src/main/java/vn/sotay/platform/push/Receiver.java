package vn.sotay.platform.push;

import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/**
 * What a browser has told of itself, by which a message can be read by it alone (RFC 8291). Immutable.
 *
 * @param key its public key
 * @param auth secret that only it and we know: 16 bytes
 */
public record Receiver(ECPublicKey key, byte[] auth) {

    private static final int AUTH = 16;

    /**
     * From the texts of a subscription, Base64url with or without padding.
     *
     * @throws IllegalArgumentException if they are no such key and secret
     */
    public static Receiver of(String p256dh, String auth) {
        byte[] secret = decoded(auth);
        if (secret.length != AUTH) {
            throw new IllegalArgumentException("auth is not of 16 bytes");
        }
        return new Receiver(P256.publicKey(decoded(p256dh)), secret);
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    @Override
    public String toString() {
        return "Receiver[]";
    }
}
