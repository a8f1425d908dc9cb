package vn.sotay.platform.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;

/** Reads JSON bodies, and says in a problem what is wrong with them. */
final class Bodies {

    private Bodies() {}

    /**
     * Reads and checks a body.
     *
     * @throws ProblemException 400 if it is no JSON, 422 if fields are wrong
     */
    static <T extends Record> T read(ObjectMapper mapper, byte[] body, Class<T> type) {
        String text = utf8(body);
        if (text.isBlank()) {
            throw malformed(null);
        }
        T record;
        try (JsonParser parser = mapper.createParser(text)) {
            record = mapper.readerFor(type)
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(parser);
            if (record == null || parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation());
            }
        } catch (JsonMappingException e) {
            throw Problem.invalid(List.of(error(e)));
        } catch (JsonProcessingException e) {
            // also what is nested too deep, or longer than anybody means
            throw malformed(e.getLocation());
        } catch (IOException e) {
            throw new IllegalStateException("text in memory is always readable", e);
        }
        List<FieldError> errors = RecordRules.check(record);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return record;
    }

    private static ProblemException malformed(@Nullable JsonLocation place) {
        return new ProblemException(Problem.other(400, "malformed-json")
                .problem()
                .with("line", place == null ? 1 : place.getLineNr())
                .with("column", place == null ? 1 : place.getColumnNr()));
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.other(400, "not-utf8");
        }
    }

    private static FieldError error(JsonMappingException e) {
        String field = field(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            TreeSet<String> known = new TreeSet<>();
            if (unknown.getKnownPropertyIds() != null) {
                unknown.getKnownPropertyIds().forEach(id -> known.add(String.valueOf(id)));
            }
            return new FieldError(field, "unknown-field", Map.of("known", String.join(", ", known)));
        }
        Class<?> target = e instanceof MismatchedInputException mismatched
                ? mismatched.getTargetType()
                : e.getCause() instanceof InputCoercionException number ? number.getTargetType() : null;
        if (target != null && target.isEnum() && e instanceof InvalidFormatException) {
            return new FieldError(field, "enum", RecordRules.constants(target));
        }
        return new FieldError(field, rule(target));
    }

    /** The rule that a value of this type breaks when it cannot be read. */
    static String rule(@Nullable Class<?> type) {
        if (type == null) {
            return "wrong-type";
        }
        if (type == UUID.class) {
            return "uuid";
        }
        if (type == LocalDate.class) {
            return "day";
        }
        if (type == Instant.class) {
            return "instant";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "number";
        }
        if (List.class.isAssignableFrom(type)) {
            return "list";
        }
        return type.isRecord() ? "object" : "wrong-type";
    }

    private static String field(JsonMappingException e) {
        StringBuilder field = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() != null) {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            } else {
                field.append('[').append(step.getIndex()).append(']');
            }
        }
        return field.toString();
    }
}
