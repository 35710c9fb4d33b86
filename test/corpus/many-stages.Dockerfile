FROM debian:trixie-slim AS s0
RUN echo 0 > /f0

FROM s0 AS s1
RUN echo 1 > /f1

FROM s1 AS s2
RUN echo 2 > /f2

FROM s2 AS s3
RUN echo 3 > /f3

FROM s3 AS s4
RUN echo 4 > /f4

FROM s4 AS s5
RUN echo 5 > /f5

FROM s5 AS s6
RUN echo 6 > /f6

FROM s6 AS s7
RUN echo 7 > /f7

FROM s7 AS s8
RUN echo 8 > /f8

FROM s8 AS s9
RUN echo 9 > /f9

FROM s9 AS s10
RUN echo 10 > /f10

FROM s10 AS s11
RUN echo 11 > /f11

FROM s11 AS s12
RUN echo 12 > /f12

FROM s12 AS s13
RUN echo 13 > /f13

FROM s13 AS s14
RUN echo 14 > /f14

FROM s14 AS s15
RUN echo 15 > /f15

FROM s15 AS s16
RUN echo 16 > /f16

FROM s16 AS s17
RUN echo 17 > /f17

FROM s17 AS s18
RUN echo 18 > /f18

FROM s18 AS s19
RUN echo 19 > /f19

FROM s19 AS s20
RUN echo 20 > /f20

FROM s20 AS s21
RUN echo 21 > /f21

FROM s21 AS s22
RUN echo 22 > /f22

FROM s22 AS s23
RUN echo 23 > /f23

FROM s23 AS s24
RUN echo 24 > /f24

FROM s24 AS s25
RUN echo 25 > /f25

FROM s25 AS s26
RUN echo 26 > /f26

FROM s26 AS s27
RUN echo 27 > /f27

FROM s27 AS s28
RUN echo 28 > /f28

FROM s28 AS s29
RUN echo 29 > /f29

FROM s29 AS s30
RUN echo 30 > /f30

FROM s30 AS s31
RUN echo 31 > /f31

FROM s31 AS s32
RUN echo 32 > /f32

FROM s32 AS s33
RUN echo 33 > /f33

FROM s33 AS s34
RUN echo 34 > /f34

FROM s34 AS s35
RUN echo 35 > /f35

FROM s35 AS s36
RUN echo 36 > /f36

FROM s36 AS s37
RUN echo 37 > /f37

FROM s37 AS s38
RUN echo 38 > /f38

FROM s38 AS s39
RUN echo 39 > /f39

FROM scratch
COPY --from=s39 /f39 /f39
COPY --from=12 /f12 /f12
