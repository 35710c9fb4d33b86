# A Java runtime of the modules that the program needs, on the base with glibc.
FROM dhi.io/eclipse-temurin:21-jdk-debian13-dev AS build
WORKDIR /build
COPY . .
RUN ./gradlew --no-daemon jar && jlink --add-modules java.base,java.net.http --strip-debug --output /out/java

FROM dhi.io/debian-base:trixie
COPY --from=build /out/java /opt/java
COPY --from=build /build/build/libs/app.jar /opt/app.jar
ENV PATH="/opt/java/bin:$PATH"
USER nonroot
ENTRYPOINT ["/opt/java/bin/java", "-jar", "/opt/app.jar"]
