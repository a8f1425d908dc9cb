package vn.sotay.platform.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Sensitive;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.keys.FieldKeys;

/**
 * The payloads of the change feed as they are kept: JSON in which the value of each {@link Sensitive} component is sealed, and is a
 * text with a tab before it. No text of a payload has a tab as such, so that nobody can write what would be taken for a sealed value;
 * and a payload without one has nothing sealed, which costs a glance. Thread-safe.
 */
public final class Payloads {

    private static final char MARK = '\t';

    /** What a payload is about; sealed values are bound to it. */
    private record Thing(String type, String id) {

        String field(String component) {
            return type + '.' + component;
        }
    }

    private final FieldKeys keys;
    private final ObjectMapper json = Json.mapper();
    private final Map<String, Set<String>> oncePlain = new ConcurrentHashMap<>();

    Payloads(FieldKeys keys) {
        this.keys = keys;
    }

    /** A mapper that writes payloads, for {@link #write}. */
    ObjectMapper mapper() {
        ObjectMapper plain = Json.mapper();
        SimpleModule sealing = new SimpleModule("sealing");
        sealing.setSerializerModifier(new BeanSerializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public List<BeanPropertyWriter> changeProperties(
                    SerializationConfig config, BeanDescription type, List<BeanPropertyWriter> properties) {
                for (BeanPropertyWriter property : properties) {
                    if (isSensitive(type.getBeanClass(), property.getName())) {
                        property.assignSerializer(new Sealing(plain));
                    }
                }
                return properties;
            }
        });
        return Json.mapper().registerModule(sealing);
    }

    private static boolean isSensitive(Class<?> type, String component) {
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                && Arrays.stream(components)
                        .anyMatch(
                                each -> each.getName().equals(component) && each.isAnnotationPresent(Sensitive.class));
    }

    private final class Sealing extends JsonSerializer<Object> {

        private final ObjectMapper plain;

        Sealing(ObjectMapper plain) {
            this.plain = plain;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
            Thing thing = (Thing) provider.getAttribute(Thing.class);
            String field = thing.field(out.getOutputContext().getCurrentName());
            out.writeRawValue(token(keys.sealAlike(field, thing.id(), plain.writeValueAsString(value))));
        }
    }

    private static String token(String sealed) {
        return MARK + "\"" + sealed + '"';
    }

    /** A payload as it is kept. */
    static String write(ObjectMapper mapper, String type, UUID id, Object payload) throws JsonProcessingException {
        return mapper.writer()
                .withAttribute(Thing.class, new Thing(type, id.toString()))
                .writeValueAsString(payload);
    }

    /** Whether two payloads of a thing say the same; an older key may have sealed one of them, or none. */
    boolean isSame(String type, UUID id, String one, @Nullable String other) {
        return one.equals(other)
                || other != null
                        && (one.indexOf(MARK) >= 0 || other.indexOf(MARK) >= 0)
                        && open(type, id, one).equals(open(type, id, other));
    }

    /** A payload as it is read by those to whom it is addressed. */
    public String open(String type, UUID id, String kept) {
        if (kept.indexOf(MARK) < 0) {
            return kept;
        }
        return each(new Thing(type, id.toString()), kept, value -> value.open(keys));
    }

    /** The same sealed by the newest key, all that should be; the very same if it is so already. */
    String renewed(String type, UUID id, String kept) {
        if (kept.indexOf(MARK) < 0) {
            Set<String> components = oncePlain.get(type);
            return components == null ? kept : sealed(new Thing(type, id.toString()), components, kept);
        }
        String newest = keys.newestMark();
        return each(
                new Thing(type, id.toString()),
                kept,
                value -> token(
                        value.sealed().startsWith(newest)
                                ? value.sealed()
                                : keys.sealAlike(value.field(), value.id(), value.open(keys))));
    }

    /** As {@link #write} would; without the type's class, which is a module's. */
    private String sealed(Thing thing, Set<String> components, String plain) {
        String name = "";
        StringWriter text = new StringWriter(plain.length() * 2);
        try (JsonParser in = json.createParser(plain);
                JsonGenerator out = json.createGenerator(text)) {
            while (in.nextToken() != null) {
                boolean isSealed = in.currentToken() != JsonToken.FIELD_NAME
                        && in.currentToken() != JsonToken.VALUE_NULL
                        && components.contains(name);
                if (isSealed) {
                    StringWriter value = new StringWriter();
                    try (JsonGenerator of = json.createGenerator(value)) {
                        of.copyCurrentStructure(in);
                    }
                    out.writeRawValue(token(keys.sealAlike(thing.field(name), thing.id(), value.toString())));
                } else {
                    out.copyCurrentEvent(in);
                }
                name = in.currentToken() == JsonToken.FIELD_NAME ? in.currentName() : "";
            }
        } catch (IOException e) {
            throw new IllegalStateException("a payload of " + thing.type() + " " + thing.id() + " that is no JSON", e);
        }
        return text.toString();
    }

    /** Payloads of this type may be there from a version that did not seal this component, which may stand in a record within it. */
    public void wasPlain(String type, String component) {
        oncePlain.computeIfAbsent(type, each -> ConcurrentHashMap.newKeySet()).add(component);
    }

    private record Value(String field, String id, String sealed) {

        String open(FieldKeys keys) {
            return keys.open(field, id, sealed);
        }
    }

    /** Replaces each sealed value. */
    private static String each(Thing thing, String kept, Replacement replacement) {
        StringBuilder text = new StringBuilder(kept.length());
        int from = 0;
        for (int mark = kept.indexOf(MARK); mark >= 0; mark = kept.indexOf(MARK, from)) {
            // "component":<mark>"sealed"
            int nameEnd = mark - 2;
            String component = kept.substring(kept.lastIndexOf('"', nameEnd - 1) + 1, nameEnd);
            int end = kept.indexOf('"', mark + 2);
            text.append(kept, from, mark)
                    .append(replacement.of(
                            new Value(thing.field(component), thing.id(), kept.substring(mark + 2, end))));
            from = end + 1;
        }
        return text.append(kept, from, kept.length()).toString();
    }

    private interface Replacement {
        String of(Value value);
    }
}
