"""Names of people that are masked wherever they stand, also in small letters.

Only names that are hardly ever anything else: "rosa", "will" or "cruz" are masked by
what stands around them. Written without accents.
"""

from __future__ import annotations

from typing import Final

_GIVEN: Final = """
aaliyah abdul abdullah abigail abraham adalberto adan adela adelaida adele adrian
adriana agnes agustin agustina ahmad ahmed aidan aisha aitana alan albert alberto aldo
alejandra alejandro alex alexa alexander alexandra alexis alfonso alfredo ali alice
alicia alina alison allison alonso alvaro amalia amanda amber amelia amina amir amy ana
anahi anastasia andrea andreas andres andrew andrey andy angela angelica angie anita ann
anna anne annie anselmo anthony antoine anton antonia antonio araceli ariana ariel arif
arlene armando arnold arnulfo arthur arturo ashley augusto aurelio ayesha barbara
bartolome basilio beatrice beatriz belinda benito benjamin bernard bernardo bertha beto
betty beverly bianca blanca bonifacio bonnie boris bradley brandon braulio brayan brenda
brian brianna brittany bruno bryan caleb camila camilo candelaria carina carla carlos
carlota carmela carmelo carmen carol caroline carolyn casimiro catalina catherine
cecilia celeste celestino celia cesar charles charlie charlotte chelsea chen cheryl
chloe chris christina christine christopher chuy cindy claire clarissa claudia claudio
connor conrado constanza consuelo corina courtney cristian cristina cristobal cynthia
dagoberto damaris damian daniel daniela danielle danny dario darlene david dayana
deborah debra delfina delia demetrio denise dennis derek deysi diana diane diego dimitri
dmitri domenica dominga donald donna doris dorothy doug douglas dylan eddie edgar
edgardo edith edna eduardo edward edwin efrain efren eileen elaine elba eleanor elena
eleuterio eli elias elijah elisa elizabeth ellen elmer eloisa elsa elvia elvira elvis
ema emanuel emely emeterio emilia emiliano emilio emily emma emmanuel enrique eric erica
erick erik erika ernesto esmeralda estanislao esteban estefania estela estella ester
esther ethan eugene eugenia eugenio eulalia eva evan evangelina evelyn everardo ezequiel
fabian fabiola fabricio fadi fatima federico felicia felicitas felipe felix fermin
fernanda fernando fidel filemon flavio florencia florencio florentino fortunato fran
frances francesca francisca francisco fred freddy frida fulgencio gabriel gabriela gael
genaro genoveva george georgina gerald geraldine gerard gerardo gertrudis gilbert
gilberto gilda gina giovanni gisela giselle gladys glenda gloria gonzalo gopal graciela
greg gregorio gregory greta griselda guadalupe guillermina guillermo gustavo hamza
hannah hans harold harry hassan hazel heather heber hector heidi helen helena heriberto
hermelinda hernan hilario hilda homero horacio howard hugo humberto ian ibrahim ignacio
ilse imelda imran ines ingrid irene irina iris irma irving isaac isabel isabela isabella
isaias isidro ismael itzel ivan ivette ivonne jacinto jack jackie jacob jacqueline jaime
jairo jake james jamie jane janet janice jared jasmin jasmine jason javier jazmin jean
jeanette jeff jeffrey jennifer jenny jeremias jeremy jerome jerry jesse jessica jesus
jill jim jimena jimmy joan joana joanna joaquin joe joel joey johana john johnny jonas
jonathan jorge jose josefa josefina joseph joshua josue joyce juan juana juanita judith
judy julia julian juliana julie julieta justin kamal karen karim karina karla katherine
kathleen kathryn kathy katia keith kelly ken kenia kenneth kevin khalid kimberly kumar
kyle lakshmi larry latoya laura lauren laurie lazaro leandro leila leocadia leonardo
leonel leonor leopoldo leslie leticia liam lidia ligia lilia lilian liliana linda lisa
lisandro liz lizbeth logan lorena lorenzo lori louis lourdes luca lucas lucia luciana
luciano lucila lucio lucy luis luisa luke lupe lupita lydia mabel magali magdalena
maggie mahmoud manolo manuel manuela marc marcela marcelino marcelo marcia marcos
margaret margarita margie maria mariah marian mariana mariano maribel maricela maricruz
marie mariela marilu mariluz marilyn mario marisol maritza marjorie marlen marlene
marlon marta martha martin martina marvin mary mateo mathew matilde matthew maura
maureen mauricio maximiliano mayra megan mehmet melanie melisa melissa melvin michael
michelle mickey miguel mike milagros mildred minerva miriam misael mitchell mohamed
mohammad mohammed moises monica monserrat muhammad mustafa myriam myrna nadia nancy
naomi narciso natalia natalie natalya natasha nathan nayeli nelida nelly nestor nicanor
nicholas nicolas nicole nidia nikhil noah noel noelia noemi nora norman octavio odalys
ofelia olga oliver olivia omar oscar osvaldo oswaldo otilia pablo pamela paola pascual
patricia patricio patrick paul paula paulina pedro peter petra philip phillip pilar
piotr priscila priya rachel rafael rafaela rahul raj rajesh ramiro ramon ramona randall
randy raquel raul ravi raymond raymundo rebeca rebecca reina reinaldo rene reynaldo
ricardo richard rigoberto robert roberta roberto robin rocio rodolfo rodrigo rogelio
roger roland rolando roman romina ronald ronaldo roque rosalba rosalia rosalinda rosana
rosario roxana roy ruben rufino ruth ryan sabrina sakura salma salomon salvador samantha
samir samuel sandra santos sara sarah saul scott sebastian selena selene serafin sergei
sergio shannon sharon sheila sherry shirley silvestre silvia simon sofia sonia sophia
stacy stefan stella stephanie stephen steve steven sunil susan susana svetlana sylvia
tamara tania tanya tatiana teodoro teofilo teresa teresita thelma theodore theresa
thomas tiffany timothy tobias todd tomas tommy tony tracy tyler ubaldo ulises uriel
ursula valentin valentina valeria vanessa veronica vicente vicki victor vilma vincent
virgilio viviana vladimir walter wang wendy wilber wilbert wilfredo william willie
wilmer wilson xavier ximena xochitl yadira yahir yamileth yanet yaneth yasmin yesenia
yolanda yosef yuri yusuf yvette yvonne zacarias zachary zoe zoila zulema
"""
_FAMILY: Final = """
abreu acevedo acosta aguilar aguilera aguirre alarcon alcantara alvarado alvarez amador
anderson andrade aparicio aquino aragon aranda arango arce arellano arevalo arias arroyo
avalos avila ayala baez bailey banerjee barajas barrientos barrios bautista becerra
beltran benavides benitez bermudez bernal betancourt bonilla botello briones burgos
bustamante bustos cabrera caceres calderon camacho cardenas cardona cardoso carranza
carrasco carrillo castaneda castellanos castillo castro cedeno cervantes chang chavez
chowdhury cisneros contreras cordova coronado cortez cuellar davila davis delacruz
deleon delgado diaz dominguez donoso duarte echeverria elizondo enriquez escobar
escobedo espinosa espinoza esquivel estevez estrada evans fajardo farias feliciano
fernandez figueroa fonseca franco galarza galindo gallardo gallegos galvan galvez gamboa
garcia garza giraldo godinez gomes gomez gonzales gonzalez granados guerrero guevara
gutierrez guzman haddad harris henriquez hernandez herrera hidalgo hinojosa huerta
hussain ibarra jaramillo jauregui jimenez johnson jones juarez khan kim lara leiva lemus
leyva li linares liu lizarraga llamas loaiza lopez lozano lucero lugo lujan macias
madrigal magana maldonado marin marquez marroquin martinez matias medina mejia melendez
mena mendez mendoza menjivar meza mijares miller minaya molina mondragon monroy monsalve
montalvo montanez montano montenegro montero montiel montoya morales moreno mosquera
moya munoz murillo najera narvaez nava navarrete navarro negrete nguyen nunez obrien
ocampo ochoa ojeda olivares olmos olvera oquendo orellana ornelas orozco orta ortega
ortiz osorio otero owens pacheco padron palomino pantoja parra patel patino pedraza
penaloza peralta perdomo pereira perez petrov pham pineda ponce portillo prieto pulido
quezada quinones quintana quintanilla quintero quiroz ramirez rangel renteria restrepo
reyna reynoso rivas rivera roberts robinson rocha rodrigues rodriguez rojas roldan
romero rosado rosas rossi rubio ruelas ruiz saavedra saenz salazar salcedo saldana
salgado salinas samaniego sanabria sanchez sandoval santana santillan santoro saravia
sarmiento segovia sepulveda sharma silva singh smith solano solis solorzano sorto sosa
sotelo soto suarez tamayo tapia taylor tejada tejeda tello tenorio thompson toledo
torres tovar tran trejo trevino trujillo ulloa umana urbina uribe urrutia valadez valdes
valdez valdivia valenzuela valladares vallejo vanegas vargas vasquez vazquez vega
velasco velasquez velazquez velez venegas ventura vera verdugo vergara vidal villalobos
villalta villanueva villareal villarreal villatoro villegas wang williams wilson wong
yanez yang zaldivar zamora zapata zarate zavala zelaya zepeda zhang zuniga
"""
NAMES: Final = frozenset((_GIVEN + _FAMILY).split())
