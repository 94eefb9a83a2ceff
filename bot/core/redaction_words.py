"""Words that are no names, as far as visitors' questions go.

Made once from the words of the knowledge base; a word that is missing here is at worst
taken for a name and masked. Small letters, without accents.
"""

from __future__ import annotations

from typing import Final

_PLACES: Final = """
afganistan afghanistan africa alabama alaska albany allegany america americas angeles
arabic argentina arizona arkansas asia atlanta atlantic bangladesh batavia bayonne
bergen bolivia boston brasil brazil brentwood bronx brooklyn broome buffalo burlington
california camden cameroon camerun canada cape carolina cattaraugus cayuga chautauqua
chemung chenango chicago chile china clifton clinton colombia colorado columbia congo
connecticut corona cortland costa creole cuba cumberland dakota dallas delaney delaware
dominican dominicana dutchess east ecuador edison egipto egypt elizabeth england english
erie eritrea espana espanol essex estados este ethiopia europe federal fifth filadelfia
filipinas florida flushing fourth france french fulton garifuna genesee georgia germany
ghana gloucester greene guatemala guinea hackensack haiti hamilton hampshire harlem
hawaii heights hempstead herkimer hoboken honduras houston hudson hunterdon idaho
illinois india indiana ingles iowa iran iraq island israel italy ithaca jackson jamaica
japan jefferson jersey kansas kentucky kiche kings kingston korea laken lewis livingston
louisiana madison maine mam manhattan maryland massachusetts mauritania melendres mercer
mexico miami michigan middlesex minnesota miranda mississippi missouri mixteco monmouth
monroe montana montgomery morris nassau nebraska nepal nevada newark newburgh niagara
nicaragua nigeria norte north nueva ocean oeste ohio oklahoma oneida onondaga ontario
orange oregon orleans oswego otsego padilla pakistan panama paraguay passaic paterson
pennsylvania pensilvania peru philadelphia philippines phoenix plainfield plaza poland
portugal portuguese poughkeepsie puerto putnam quechua queens rensselaer republic
republica rhode rico rikers riley rochester rockland rusia russia salem salvador
saratoga schenectady schoharie schuyler seneca senegal siria sixth somalia somerset
south spain spanish staten states steuben sudan suffolk sullivan sunset sur sussex
syracuse syria tennessee terry texas tioga tompkins trenton turkey turquia ucrania
ukraine ulster unidos united uruguay utah utica varick venezuela vermont vietnam
vineland virginia warren washington wayne west westchester wisconsin woodbridge wyoming
yates yemen yonkers york
"""
_ORDINARY: Final = """
a aba abarca abierta abierto able abogada abogado abogados about above abre abril abrir
abroad abuela abuelo abuse abuso acaba acabo accept accepted access accion account
accredited acelerada acepta acis aclu acreditado acreditados act acted acting action
acto acts actua actuar acuerdo acuerdos add address addresses adecuado ademas adentro
adequate administrativa administrativas administrative adopted adult adulto adultos
adults advance advice aedpa afecta affairs afraid after afuera ag again against agarran
agarraron agencia agencias agencies agency agent agente agentes agents ago agosto
agreement agreements ahi ahora aid airport al alcalde alcanza alcohol algo alguacil
alguien algun alguna algunas algunos all alla alli allow allowed allows almost alone
aloud already also alta alumno alumnos always am amazon amendment american americana
americano americans amiga amigo among an and ano anos anote another answer answered
answers ante antecedentes anteriores antes anulo any anybody anyone anything anyway apa
aparece apartamento aparte apartment apelacion apelaciones apelar aplica aplicar apoyan
appeal appeals applicant application applications applied applies apply applying
appointment approval approved april aprobacion aprobaron aqui archivo are area around
arregla arreglar arrest arresta arrestada arrestado arrestan arrestar arrestaron
arrested arresto arrestos arrests arriba article as asesoria asi aside asilo asistente
ask asked asking asks assistant asunto asuntos asustada asustado asylum at atd atiende
atienden atrasada atrasado attorney audiencia audiencias audit auditoria august aun
aunque aunt authority auto automatic autoridad avanza avenida avenue avisa avisan avisar
avise aviso avisos away ayuda ayudan ayudar baby back bad badge bail bajo ban banned bar
barred barrio bars based bases basta be bebe beca because been before behind being
believe beneficios benefits beside better between bia biden bien big bill bind binding
binds birth birthplace black block blue board body bond bono booked booking border born
borough borracha borracho boss both boulevard boyfriend brasileno brazilian break breaks
bring brings broke broken brother brothers brought budget buena buenas buenos building
bus busca buscar busco business busque but by cada call callar calle called calls calma
calmly cambia cambian cambiar cambie cambio came camino caminos can cannot cant capitan
captain car cara carcel carceles card care cargo cargos carpeta carries carro carros
carry cars carta cartas casa casada casado casas case casera casero cases cash casi caso
casos castigo cat cateo causa cause cbp celular center centro cerca cerrada cerrar
cerrarle cerro certain cfr cgfns challenge change changed changes changing charge
charged charges chat check checked checking checks chief child children chinese choice
choose chota christmas church cien cierra cierre cierto ciertos cinco circumstances
circunstancias cita citas citizen citizens citizenship city ciudad ciudadana ciudadania
ciudadano ciudadanos civil civiles claim claims claramente claro clase clases class
clave clear clearly clerk client cliente clinic clinica clock close closed co cobra
cobrar coinciden collect college colombian colombiana colombiano colonia come comes
coming community como companera companero compania company compare comparte compartir
compel complain complaint complaints complete completo comprobante computadora computer
comun con concreto concretos condado condados condena condenas condiciones conditions
conduct conducta confianza confidential confirma confirmado confirmados confirmar
confirmed confirmo confused congress conmigo conoce consecuencias consent consequences
considera constitution consulado consulate consulta consultation contact contacto contar
contesta contestan contestar contesto contra contract contrato control convenio
conviction convictions conviene convierte cop copia copias copies cops copy corpus corra
correct correcto corregir corren correo correr corta corte cortes corto cortos cosa
cosas cost costo costos costs could council counsel count countries country counts
county court courthouse courts cousin cover covered covers coworker cpt cree creo crime
crimes criminal cspa cual cuales cualquier cualquiera cuando cuantas cuanto cuantos
cuarto cuatro cuban cubana cubano cubre cuenta cuentan cuesta cuidado culpa culpable
cumple cumplen cumplio cumplir cunada cunado current custodia custody cut da daca dad
daddy damages dan danger dano danos dapa dar darle data databases date dated dates dato
datos daughter daughters day days de deadline deadlines deal dear debe deben deber debo
december decida decide decided decides decidio decidir decir decirle decirlo decision
decisiones decisions declaracion declararse declaro defender defense deja dejan dejar
dejaron deje dejo del delay delayed delete delito delitos demand demanda demandar
demandaron demandas demando demas demasiado demora den denial denied dentro deny
departamento department depende depends deport deportable deportacion deportada
deportado deportar deportation deported deputies deputy derecho derechos desde desempeno
desempleo despues details detain detained detainee detainer detainers detective
detencion detener detenida detenido detenidos detention detiene detienen detuvieron dhs
dia dias dice dicen diciembre did didnt died dieron diez diferencia differ difference
different dificil diga digalo digo dije dijeron dijo dinero dio direccion directiva
directive director disability disabled discapacidad dismiss dismissed distintas distinto
distintos district distrito divorced divorciada divorciado dmv dnj do doctor document
documento documentos documents does dog doing doj dol dolares domingo dominican
dominicana dominicano don donde done dont door doordash dos down doy dreamer dreamers
drive driver driving dropped drunk due dueno dura durante durar during duties duty e
each ead earlier early easter eb ecuadorian ecuatoriana ecuatoriano edificio edny eeuu
effect eight either ejecutan ejecutar ejemplo el electronico elegible eligibility
eligible ella ellos else email embarazada embarazado emergencia emergency empezar
empieza empleado empleados employee employees employer empresa en encontrar end ended
ends enero enferma enfermo enforcement enlace enough enseguida enter entered enters
entiende entiendo entonces entrada entrar entraron entre entrega entregar entrenados
entrenamiento entrevista entro entry eoir er era eran ero error errores es esa esas
escolar escriba escribio escribir escrita escrito escuela ese eso esos espanol espera
esperando esperar espero esposa esposo esta estaba estaban estado estados estan estar
estas estatal estatales estatus este estimada estimado esto estos estoy estudiante
estuvo eu even ever every everybody everyone everything evidence ewi ex exact exactly
exacto example excepcion excepcionales excepciones except exception exceptional
exceptions exige exigen exist existe exists expediente expedited expired explain
explained explicar expulsion extra extranjero face facebook facility fact factores
factors facts fake fallo falsa false falso falsos falta faltar falto familia familiar
familias families family far fast faster father fault favor fbi fear febrero february
fecha fechas federal federales feds fee fees feriados fiance fiancee fianza field fight
fija fijo fila file filed files filing fin final find finding finds fine fines
fingerprints firm firma firmada firmado firmar firme firmo first fiscal fit fits five
fix fixed floor foia folder follow follows fop for forbid force forces foreign forever
form forma formal formas forms formulario formularios fotos found four fraud fraude free
freedom frena freno frente friday friend friends from front frontera ftca fue fuentes
fuera fueron fuertes fuerza full funciona funcionario futbol gana gano gave gay gc
general gente get gets getting girlfriend give given gives giving gmc go goals gobierno
goes going gone good google got gotten gov government grabar gracias grandfather grandma
grandmother grandpa gratis gratuita grave graves green grounds group groups grupo grupos
guard guarda guardan guardar guarde guardia guatemalan guatemalteca guatemalteco guilty
gun guns guy ha habeas haber habia habiles habla hablan hablar hable hablo hace hacemos
hacen hacer hacerlo had haga hago haitian haitiana haitiano half hallo han hand handed
happen happened happens harm has hasta have having hay haya he health hear hearing
hearings hecho hechos held hello help helping helps her here hermana hermano hermanos
hey hi hicieron highway hija hijas hijastra hijastro hijo hijos him himself his hispanic
historia hit hizo hoja hola hold holder holders holding holds holidays home homeland
honduran hondurena hondureno hora horas hospital hotline hour hours house how hoy hsi
https hubo huellas hurt husband husbands i iba ice icwa idea identificacion identify
idioma if iglesia igual ii iirira ilegal illegal im imigration immigrant immigrants
immigration impide importa importar impuestos in ina inadmissible included indian
indocumentada indocumentado indocumentados info informa informacion informado
information informes ingles ingreso iniciar injunction injury inmediato inmigracion
inmigrante inmigrantes inquiry ins inside inspeccion inspection instagram instead
insurance internal internet internos interprete interpreter interrogar interview into
investigar iol ir irme irrazonable irs irse is isap isnt issue it itin its itself jail
jails january jefe jersey job joins judge judges judgment judicial jueces jueves juez
jueza juicio julio july june junio junta junto just justice keep keeps kept kid kids
kind kinds know known la lado landlady landlord lane language larga las last late later
latina latino law lawful lawfully laws lawsuit lawsuits lawyer lawyers lca le lea lead
learn least leave leaves leaving leen leer left legal legales legally legalmente lejos
les lesbian let lets letter letters ley leyes leyo liable libertad libre licencia
licenciada licenciado license lie life like likely limit limita limitan limite limited
limites limits line linea link links list lista listas listed lists little live lived
lives living llama llamada llamadas llaman llamar llame llamo llega llegan llegar llego
lleva llevaba llevan llevar llevaron lleve llevo lo local locales locality localizador
locator locked long longer look looked looking looks los lose loses lost loteria lottery
loud lpr luego lugar lugares lunes lyft maam made madrastra madre maestra mail mailed
main make makes mal mala malo mama mami man manager manana manda mandamos mandamus
mandan mandar mande mando maneja manejar manera manos many march mariachi marido
marijuana marriage married martes marzo mas match matrimonio matter matters may mayo
mayor mayoria me mean meaning means mechanism medicaid medical medicare medicos medio
meeting mejor member memo memorando menor menos mensaje mensajes mentir mes meses
message metas meter mexican mexicana mexicano mi mica miedo miembro mienta mientras
miercoles might migra migracion migratoria migratorias migratorio migratorios mil mine
minor minutes mio mira mirar mire mis misconduct misma mismo missed missing mistake
mistakes mocion model modelo modos mom moment momento monday money month months more
morning most mostrar mother motion motivo motivos move moved much muchas mucho muchos
muestra muestran muestre mueve mujer multa municipal murio must muy my nacara nacimiento
nacio nacional nada nadie name named names naturalization navidad near necesita
necesitan necesito need needed needs negar negaron negativa nego neighbor neighbour
nephew nerviosa nervioso never new newark next ni nicaraguan nicaraguense niece niega
niegan night nilc nine ningun ninguna nino ninos nj njsp no nobody noche noches noid
noir nomas nombra nombre nombres non none normal nos nosotros not notario note notes
nothing notice notices notificacion notificador november novia noviembre novio now nta
nuera nuestra nuestro nueva nueve nuevo number numbers numero numeros nunca nurse nvc ny
nyc nypd o obama obliga obligan obligar obligatorio ocho october octubre odls oec of off
offense offers office officer officers offices official oficial oficiales oficina
oficinas ofrece often oig ok okay old on once one ones online only opciones open opened
operativo opinion opla oplc opt options or orden ordena ordenar ordenes ordeno order
ordered orders organismo originales originals orr other others otra otras otro otros our
out outside over oversight overstaying own pa padrastro padre padres padrinos paga pagar
page pages pagina paginas pago pagos pague paid pais paises palabra palabras panel papa
papas papel papeles paper papers paperwork papi para parada paradas parado paran parar
pararon parece pareja parent parents paro parole parolee part parte partes partner parts
pasa pasado pasan pasaporte pasar pasaron pascua paso pasos pass passed passport past
pastor patient patrol patron patrulla pay paying payment pays pd pedido pedir pedirlo
pelear peligro peligroso penal penales pendiente pendientes pending people peor perder
perdi perdida perdido perdio perdon perfil performance perm permanent permanente
permanentes permiso permission permit permite pero person persona personal personas
peruana peruano peruvian pet peticion petition petitions pets phone photos pick picked
picks pida pide piden pidieron pidio pido pie piensa pierde pip piso placa placas place
places plain plan plate plazo plazos plea please pleito po poco podemos poder poderes
podia podria point points police policia policial policias policy politica pone ponen
poner pongo por porque portal posible possible post posted posterior power powers ppe
practical practice practico pregnant pregunta preguntan preguntar preguntaron preguntas
pregunte pregunto preocupa preocupada preocupado prepare prerogative present presenta
presentar presente presento preso presupuesto price prima primer primera primero primo
principal prison privacidad privacy privado private pro probable probar problem problema
problemas problems proceedings proceso process processing profiling program programa
prohibe prohiben prohibicion promete prometer promise promised pronto proof property
propia propias propio propios prosecutor proteccion protect protected protection
protects protege protegen prove proxima prueba pruebas public publica publicado publicas
publico publicos pueblo pueda puede pueden puedo puerta puertas puesto pulled puntos
purpose push pusieron puso put puts que queda quedan quedar quedarse quede quedo queja
quejarse quejas queremos queria question questioning questions quien quienes quiere
quieren quiero quisiera quitar quitaron race racial raid ran rapida rapido rapidos raza
razon razonable razones re reabrir reach reaches read ready real really reason
reasonable reasons receipt receipts receive received recibe reciben recibir recibo
recibos reclamar reclamo reclamos record records recurso red redada refuse refused
refuses register registered registrados registrar registration registro registros regla
reglas regresar regreso rel relative release released remain remedies remedio remedy
removal removed renewal rent renta reopen report reportar reported reportedly reporting
reports representante representantes representative representatives request requests
require required requires requisitos residencia resident residente residentes residents
resist resista responde responder respuesta respuestas result resultado resumen
retencion retenciones retener retired return review revisa revisan revisar revisaron
revise revision reviso rfe riesgo riesgos rige right rights risk risks ro road robo room
roommate routine rule ruled rules ruling run runs rutina sabado sabe saber sacar sad
safe said sale salen salga salida salio salir salvadoran salvadorena salvadoreno salvo
same sargento saturday saw say saying says scared scholarship school sdny se sea search
seccion second section security see seen seguir segun segura seguridad seguro seis
semana semanas senate send sends senor senora sent sentence separate september
septiembre ser sera sergeant serious serve service services servicio servicios set
setiembre sets seven several shall share shared sharing she sheet sheriff sheriffs
shoplifting short should show showed shown shows si sick side siempre siendo siete siga
sign signature signed significa signing signs sigue siguen sij sijs silence silencio
silent sin since single sino sir sirve sistema sister sisters site sitio sits six slow
small snap so sobre sobrina sobrino soccer social sola solicitud solicitudes solo solos
soltar soltera soltero some somebody someone something son sons soon soonest sopesar
sorry sospecha sources soy speak speaks special specific spot spouse ssa ssdi ssi ssn
staff stand stands start started starts state statement states station status statute
stay stays step steps still stop stopped stops story street strong stuck student
students su subir subpoena such sue sued suegra suegro suele suelen suing suit suits sum
summary sunday supervisa supervision supervisor supposed supreme sure sus suspension
suspicion system take taken takes taking talk talking tambien tampoco tan tanto tarda
tardar tarde tardes tarifa tarjeta task tattoo tattoos taxes te teacher telefono
telefonos telegram tell tells tema teme ten tenant tenemos tener tenga tengo tenia
termina terminan terminar termino test testigos text texto th than thank thanks
thanksgiving that the theft their them then there these they thing things think this
those three through thursday tia ticket tiempo tienda tiene tienen tiktok time times tio
tipo tipos to toca toda todas todavia today todo todos together told toma toman tomar
tomorrow tonight too took town township tps trabaja trabajador trabajan trabajar trabajo
track trae traer traffic trafico trained training tramite trans transfer transito tras
trasladan trasladar traslado trata tratan tratar trato travel treat treated treatment
tres trial tribunal tribunales trip triste trooper trouble truck true trump trust trying
tu tuesday turn turned turning turns tuvo tvpra twice twitter two type u uac uber ue
ultima un una unas uncle under understand undocumented une unemployment unit universidad
unlawful unless uno unos unreasonable until up urgent urgente us usa usan usar usc uscbp
uscis use used uses uso usted ustedes usual usually uu va vale valen van varias varios
vawa vaya vd ve vea veces vecina vecino vecinos ven vence vencio venezolana venezolano
venezuelan venir venmo veo ver verdad verde version versus very vests veteran veterano
vez via viajar viaje vias victimas victims vida video videos vieja viejas viejo viejos
viene viernes vigente vigor villa village vino vio viola violations visa visas visit
visita viuda viudo vive viven vivo voluntaria volver voy voz vs wait waiting waits
waiver walk walmart want wanted wants warrant warrants was way ways we website wednesday
weed week weekend weekends weeks weigh well went were what whatever whats whatsapp when
where whether which while white who whole whom whose why wic widow wife will win window
wish with withholding within without witnesses wo won wont word words work worked worker
workers working works worried worry worse worth would writ write writing written wrong
wrote wso www y ya year years yerno yes yesterday yet yo york you young your youtube
zelle zona
"""
ORDINARY: Final = frozenset((_PLACES + _ORDINARY).split())
