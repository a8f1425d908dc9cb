package vn.sotay.platform.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;
import vn.sotay.platform.json.Json;

/** What modules give to be found, by the type of the things. Thread-safe. */
@Component(service = Sources.class)
public final class Sources {

    /** A source with a mapper of its own, whose caches go with the module. */
    private static final class Known<T> {

        private final SearchSource<T> source;
        private @Nullable ObjectReader reader;

        Known(SearchSource<T> source) {
            this.source = source;
        }

        SearchSource<T> source() {
            return source;
        }

        List<SearchDocument> documents(UUID id, String json) throws JsonProcessingException {
            return source.documents(id, reader().<T>readValue(json));
        }

        /** Made for the first thing that is told: after most starts there is none for long. */
        private synchronized ObjectReader reader() {
            ObjectReader made = reader;
            if (made == null) {
                // a payload that a version before has told may have more, or less, than the record of today
                made = Json.mapper()
                        .readerFor(source.type().payload())
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
                reader = made;
            }
            return made;
        }
    }

    private final Map<String, Known<?>> byType = new ConcurrentHashMap<>();
    private final List<Runnable> waiters = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSource(SearchSource<?> source) {
        byType.put(source.type().name(), new Known<>(source));
        waiters.forEach(Runnable::run);
    }

    void unbindSource(SearchSource<?> source) {
        String type = source.type().name();
        Known<?> known = byType.get(type);
        if (known != null && known.source() == source) {
            byType.remove(type, known);
        }
    }

    /** Calls this after a source has come. */
    void onArrival(Runnable waiter) {
        waiters.add(waiter);
    }

    void remove(Runnable waiter) {
        waiters.remove(waiter);
    }

    /** The types that can be found now. */
    Set<String> types() {
        return Set.copyOf(byType.keySet());
    }

    /** The editions by type. */
    Map<String, Integer> editions() {
        Map<String, Integer> editions = new TreeMap<>();
        byType.forEach((type, known) -> editions.put(type, known.source().edition()));
        return editions;
    }

    /**
     * What can be found of a thing; empty if its source has gone.
     *
     * @param json a payload as it is read by those to whom it was told
     */
    Optional<List<SearchDocument>> documents(String type, UUID id, String json) throws JsonProcessingException {
        Known<?> known = byType.get(type);
        return known == null ? Optional.empty() : Optional.of(known.documents(id, json));
    }
}
