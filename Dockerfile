# One file for all services: docker build --target planner-service .
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -DskipTests -Dquick package

FROM eclipse-temurin:25-jre AS base
RUN apt-get update \
 && apt-get install -y --no-install-recommends wget \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/changeover --create-home changeover
WORKDIR /opt/changeover
USER changeover
ENV MICRONAUT_SERVER_PORT=8080 \
    CHANGEOVER_INVENTORY=/etc/changeover/inventory
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=12 \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]

FROM base AS planner-service
COPY --from=build /src/planner-service/target/planner-service-0.1.0-SNAPSHOT.jar service.jar
COPY --from=build /src/planner-service/target/lib lib

# The migrator runs `kong` where the inventory says so: here by `docker exec`, so its image has the client.
FROM base AS migrator-service
USER root
RUN apt-get update \
 && apt-get install -y --no-install-recommends docker.io openssh-client \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir -p /var/lib/changeover/backups && chown changeover /var/lib/changeover/backups
USER changeover
COPY --from=build /src/migrator-service/target/migrator-service-0.1.0-SNAPSHOT.jar service.jar
COPY --from=build /src/migrator-service/target/lib lib

FROM base AS traffic-service
EXPOSE 5514/udp
COPY --from=build /src/traffic-service/target/traffic-service-0.1.0-SNAPSHOT.jar service.jar
COPY --from=build /src/traffic-service/target/lib lib

FROM base AS exporter-service
USER root
RUN mkdir -p /var/lib/changeover/backups && chown changeover /var/lib/changeover/backups
USER changeover
COPY --from=build /src/exporter-service/target/exporter-service-0.1.0-SNAPSHOT.jar service.jar
COPY --from=build /src/exporter-service/target/lib lib
