package vn.sotay.platform.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the example of RFC 8291, appendix A. */
class MessageEncryptionTest {

    private static final String KEY =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    @Test
    void itIsTheExampleOfTheStandard() {
        KeyPair sender = new KeyPair(
                P256.publicKey(decoded(
                        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
                P256.privateKey(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
        byte[] body = MessageEncryption.encrypt(
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8),
                Receiver.of(KEY, AUTH),
                sender,
                decoded("DGv6ra1nlYgDCS1FRnbzlw"));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                                + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void theLongestFitsIntoWhatPushServicesTakeAndNoneLonger() {
        Receiver to = Receiver.of(KEY, AUTH);
        assertThat(MessageEncryption.encrypt(new byte[MessageEncryption.MOST_BYTES], to))
                .hasSizeLessThanOrEqualTo(4096);
        assertThatThrownBy(() -> MessageEncryption.encrypt(new byte[MessageEncryption.MOST_BYTES + 1], to))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twiceTheSameIsEncryptedDifferently() {
        Receiver to = Receiver.of(KEY, AUTH);
        assertThat(MessageEncryption.encrypt(new byte[9], to)).isNotEqualTo(MessageEncryption.encrypt(new byte[9], to));
    }

    @ParameterizedTest
    @CsvSource({
        // off the curve by a bit, cut off, compressed, no Base64url, another length of the secret
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8, BTBZMqHH6r4Tts7J_aSIgg",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoI, BTBZMqHH6r4Tts7J_aSIgg",
        "AiVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx, BTBZMqHH6r4Tts7J_aSIgg",
        "BCVx*sr7N, BTBZMqHH6r4Tts7J_aSIgg",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4, BTBZMqHH6r4Tts7J"
    })
    void whatIsNoKeyIsRefused(String key, String auth) {
        assertThatThrownBy(() -> Receiver.of(key, auth)).isInstanceOf(IllegalArgumentException.class);
    }
}
