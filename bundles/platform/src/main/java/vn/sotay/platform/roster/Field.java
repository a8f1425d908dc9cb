package vn.sotay.platform.roster;

import java.util.Arrays;
import java.util.Optional;

/** What a column of a roster may hold; the words are those of the API's members. */
enum Field {
    /** The number of the row, which says nothing about the member. */
    ORDINAL("ordinal"),
    NAME("name"),
    BIRTH("birthDate"),
    GENDER("gender"),
    CARD("cardNumber"),
    ADMITTED("admittedOn"),
    OFFICIAL("officialOn"),
    CELL("cell"),
    PHONE("phone");

    private final String word;

    Field(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<Field> of(String word) {
        return Arrays.stream(values()).filter(field -> field.word.equals(word)).findFirst();
    }
}
