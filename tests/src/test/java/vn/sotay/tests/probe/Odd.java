package vn.sotay.tests.probe;

import java.util.List;
import java.util.Random;

/** Values that software stumbles over. */
final class Odd {

    private static final String TOO_LONG = "x".repeat(100_000);

    /** Texts, as text: what is no text at all is made of bytes. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\ud800",
            "\udc00\ud800",
            "\ufffe\uffff",
            "\ufeff",
            "Ho\u0302\u0300 Chi\u0301 Minh",
            "e" + "\u0301\u0323\u0302".repeat(2_000),
            "\u0340\u0341\u0958",
            "👨‍👩‍👧‍👦🇻🇳🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "\u202egnurt gnab\u202c",
            "שלום عليكم ﷽",
            "İıſßﬃ",
            "Đặng Thị Ðào",
            "\r\nSet-Cookie: sotay=x",
            "a\nb\tc\u0007\u001b[31m\u0085\u2028",
            "'; drop table member; --",
            "\" or \"\"=\"",
            "%00%0d%0a%25s%n%s",
            "{0} {module} ${jndi:ldap://localhost/a} #{7*7}",
            "<script>alert(1)</script>",
            "../../../../etc/passwd",
            "=cmd|' /C calc'!A0",
            "null",
            "true",
            "undefined",
            "NaN",
            "-0",
            "1e999",
            "0x7fffffff",
            "-1",
            "0",
            "2147483648",
            "9223372036854775808",
            "1.5",
            "٣",
            "2026-02-30",
            "0000-00-00",
            "-0001-01-01",
            "+999999999-12-31",
            "-999999999-01-01",
            "9999-12-31",
            "1582-10-10",
            "2026-11-24T24:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z",
            "2026-11-24T00:00:00+14:00",
            "2099-12-31T23:59:59.999999999Z",
            "1970-01-01T00:00:00Z",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0-0-0-0-0",
            "{9dbee13a-dae6-3d0a-9162-9772c164dcad}",
            "0".repeat(64),
            "PROBATIONARY",
            "38",
            "38.168.053.000.001",
            TOO_LONG);

    /** What stands for a JSON value; unlike texts also what is no value of the kind. */
    private static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "-1",
            "-0.0",
            "1e400",
            "-1e400",
            "1E-400",
            "9223372036854775808",
            "2147483648",
            "0.1",
            "1".repeat(900),
            "1".repeat(20_000),
            "NaN",
            "Infinity",
            "01",
            "[]",
            "{}",
            "[[[]]]",
            "{\"a\":{\"b\":null}}",
            "{\"@class\":\"java.net.URL\"}",
            "[null,null]",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\x\"",
            "'a'",
            "\"a",
            "/* a */ 1",
            "[" + "1,".repeat(5_000) + "1]",
            "[".repeat(2_000) + "]".repeat(2_000),
            "{\"a\":".repeat(1_500) + "1" + "}".repeat(1_500));

    private Odd() {}

    static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    static String json(Random random) {
        return random.nextBoolean() ? JSON.get(random.nextInt(JSON.size())) : quoted(text(random));
    }

    /** As a JSON string, whatever it holds. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (unit < ' ' || Character.isSurrogate((char) unit)) {
                quoted.append(String.format("\\u%04x", unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }
}
