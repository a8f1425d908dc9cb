package vn.sotay.platform.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import java.io.IOException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import vn.sotay.api.http.Page;

/**
 * Makes the mappers. Each module gets its own, to be thrown away with it: a mapper's caches hold the classes that it has seen, and with
 * them the module's class loader. The platform has one for all that is its own, since to look at a class costs more than to read it.
 */
public final class Json {

    private static final JsonMapper OWN = mapper();
    private static final JsonMapper OWN_FILES = configure(JsonMapper.builder())
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    private Json() {}

    /** The mapper for trees, and for classes of the platform and the JDK alone. */
    public static JsonMapper own() {
        return OWN;
    }

    /** As {@link #own()}, for files that people write: comments are allowed. */
    public static JsonMapper ownFiles() {
        return OWN_FILES;
    }

    /** A mapper that shares nothing with another: unknown fields are refused, nulls are left out, text is composed to NFC. */
    public static JsonMapper mapper() {
        return configure(JsonMapper.builder()).build();
    }

    private static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        SimpleModule texts = new SimpleModule("texts");
        texts.addDeserializer(String.class, new ComposedText());
        texts.addDeserializer(LocalDate.class, new TextAlone<>(LocalDate.class, LocalDateDeserializer.INSTANCE));
        texts.addDeserializer(Instant.class, new TextAlone<>(Instant.class, InstantDeserializer.INSTANT));
        builder.typeFactory(TypeFactory.defaultInstance()
                .withCache((LookupCache<Object, JavaType>) new LRUMap<Object, JavaType>(16, 200)));
        return builder.addMixIn(Page.class, LastPage.class)
                .addModule(new JavaTimeModule())
                .addModule(texts)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
    }

    /** The last page says so: its {@code next} is null, not left out. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private interface LastPage {}

    private static final class ComposedText extends StringDeserializer {

        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            return Normalizer.normalize(parser.getText(), Normalizer.Form.NFC);
        }
    }

    /** A day or an instant as text: a number or a list that would pass for one is no form that we promise. */
    private static final class TextAlone<T> extends StdScalarDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final JsonDeserializer<T> ofText;

        TextAlone(Class<T> type, JsonDeserializer<T> ofText) {
            super(type);
            this.ofText = ofText;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                context.handleUnexpectedToken(handledType(), parser);
            }
            return ofText.deserialize(parser, context);
        }
    }
}
