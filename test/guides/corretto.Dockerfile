FROM dhi.io/amazoncorretto:21-debian13-dev AS build
WORKDIR /src
COPY . .
RUN javac -d /out $(find src -name '*.java')

FROM dhi.io/amazoncorretto:21-debian13
COPY --from=build /out /app
CMD ["java", "-cp", "/app", "Main"]
